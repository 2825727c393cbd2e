using System.Text;

namespace Gateway.Banner;

/// <summary>
/// A script of ours as visitors download it: without white space, with declarations that follow each other in one, and with one or two
/// letters for each name that it declares. What is no name of its own stays: properties, strings, what the browser brings.
/// </summary>
/// <remarks>
/// It knows what our scripts use of the language: statements end with a semicolon or a block, a declaration has one name or a pattern
/// without defaults, and nothing that is declared at the top is declared again further in.
/// </remarks>
internal sealed class ShortScript
{
    private readonly IReadOnlyList<ScriptToken> _tokens;
    private readonly int[] _partner;
    private readonly int[] _around;
    private readonly int[] _statement;
    private readonly bool[] _goesOn;
    private readonly Dictionary<string, string> _top = [];
    private readonly Dictionary<(int Statement, string Name), string> _local = [];

    private ShortScript(IReadOnlyList<ScriptToken> tokens)
    {
        _tokens = tokens;
        _partner = new int[tokens.Count];
        _around = new int[tokens.Count];
        _statement = new int[tokens.Count];
        _goesOn = new bool[tokens.Count];
        Measure();
        Declare();
        // What is written most often gets the shortest name.
        var uses = tokens.CountBy(token => token.Text).ToDictionary();
        foreach (var (number, name) in _top.Keys.OrderByDescending(name => uses[name]).ToList().Index())
            _top[name] = Short('a', number);
    }

    /// <exception cref="InvalidOperationException">A name is declared both at the top and further in.</exception>
    public static string Write(string code) => new ShortScript(ScriptTokens.Read(code)).Write();

    // Brackets and their partners; -1 stands for the top, where each statement has a number. A declaration behind another goes on with it.
    private void Measure()
    {
        var open = new Stack<int>([-1]);
        var declares = new HashSet<int>();
        var statement = 0;
        for (var i = 0; i < _tokens.Count; i++)
        {
            var text = _tokens[i].Text;
            if (text is ")" or "]" or "}")
                (_partner[i], _partner[open.Peek()]) = (open.Pop(), i);
            _around[i] = open.Peek();
            _statement[i] = statement;
            if (Text(i - 1) is "" or ";" or "{" or "}" && IsName(i))
            {
                _goesOn[i] = text is "const" or "let" && Text(i - 1) == ";" && declares.Contains(open.Peek());
                if (text is "const" or "let")
                    declares.Add(open.Peek());
                else
                    declares.Remove(open.Peek());
            }

            if (text is "(" or "[" or "{")
                open.Push(i);
            else if (text is ";" or "}" && open.Count == 1)
                statement++;
        }
    }

    private void Declare()
    {
        for (var i = 0; i < _tokens.Count; i++)
        {
            switch (_tokens[i].Text)
            {
                case "const" or "let" when IsName(i + 1):
                case "function" when IsName(i + 1):
                    Declare(i + 1, _around[i] < 0);
                    break;
                case "const" or "let":
                    DeclarePattern(i + 1, _around[i] < 0);
                    break;
                case "=>" when IsName(i - 1):
                    Declare(i - 1, isTop: false);
                    break;
                case "=>":
                    DeclarePattern(_partner[i - 1], isTop: false);
                    break;
                case "{" when Text(i - 1) == ")" && IsName(_partner[i - 1] - 1) && Text(_partner[i - 1] - 1) is not ("if" or "for" or "while" or "switch"):
                    DeclarePattern(_partner[i - 1], isTop: false);
                    break;
            }
        }

        var twice = _local.Keys.FirstOrDefault(key => _top.ContainsKey(key.Name)).Name;
        if (twice is not null)
            throw new InvalidOperationException($"\"{twice}\" is declared at the top of the script and within a statement: rename one.");
    }

    // Not the keys, nor what stands as a default.
    private void DeclarePattern(int open, bool isTop)
    {
        for (var i = open + 1; i < _partner[open]; i++)
        {
            if (IsName(i) && Text(i + 1) is not (":" or "(") && Text(i - 1) is not ("." or "="))
                Declare(i, isTop);
        }
    }

    private void Declare(int i, bool isTop)
    {
        if (isTop)
            _top.TryAdd(Text(i), "");
        else
            _local.TryAdd((_statement[i], Text(i)), Short('A', _local.Keys.Count(key => key.Statement == _statement[i])));
    }

    private string Write()
    {
        var script = new StringBuilder();
        for (var i = 0; i < _tokens.Count; i++)
        {
            var text = ShortOf(i) is { } name ? (IsShorthand(i) ? Text(i) + ":" : "") + name : Text(i) is "const" ? "let" : Text(i);
            if (_goesOn[i])
            {
                script[^1] = ',';
                continue;
            }

            if (script.Length > 0)
            {
                var last = script[^1];
                if ((text is "}" && last is ';' or ',') || (text is ")" or "]" && last == ','))
                    script.Length--;
                else if ((IsWord(last) && IsWord(text[0])) || (last == text[0] && last is '+' or '-'))
                    script.Append(' ');
            }

            script.Append(text);
        }

        return script.ToString();
    }

    /// <summary>The new name of a name of ours; null for anything else.</summary>
    private string? ShortOf(int i)
    {
        if (!IsName(i) || Text(i - 1) is "." or "?." || IsKey(i))
            return null;
        return _top.GetValueOrDefault(Text(i)) ?? _local.GetValueOrDefault((_statement[i], Text(i)));
    }

    private bool IsKey(int i) => Text(i - 1) is "{" or "," or "async"
        && (Text(i + 1) == ":" || (Text(i + 1) == "(" && Text(_partner[i + 1] + 1) == "{"));

    private bool IsShorthand(int i) => _around[i] >= 0 && Text(_around[i]) == "{" && Text(i - 1) is "{" or "," && Text(i + 1) is "}" or ",";

    private static string Short(char first, int number) => (char)(first + number % 26) + (number < 26 ? "" : $"{number / 26}");

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '$';

    private bool IsName(int i) => i >= 0 && i < _tokens.Count && _tokens[i].Kind == ScriptTokenKind.Name;

    private string Text(int i) => i >= 0 && i < _tokens.Count ? _tokens[i].Text : "";
}
