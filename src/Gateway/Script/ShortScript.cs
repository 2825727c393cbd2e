using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Script;

/// <summary>
/// A script of ours as visitors download it: without white space, with declarations that follow each other in one, and with one or two
/// letters for each name that it declares, and for each property of its data. What is no name of its own stays: other properties, strings,
/// what the browser brings.
/// </summary>
/// <remarks>
/// It knows what our scripts use of the language: statements end with a semicolon or a block, a declaration has one name or a pattern
/// without defaults, and nothing that is declared at the top is declared again further in.
/// </remarks>
internal sealed partial class ShortScript
{
    private readonly IReadOnlyList<ScriptToken> _tokens;
    private readonly int[] _partner;
    private readonly int[] _around;
    private readonly int[] _statement;
    private readonly bool[] _goesOn;
    private readonly Dictionary<string, string> _top = [];
    private readonly ScriptScopes _local;
    private readonly Dictionary<string, string> _properties;
    private readonly IReadOnlyList<string> _data;

    /// <param name="code">A script of ours, without its comments.</param>
    /// <param name="data">Its variables at the top that hold data.</param>
    /// <exception cref="InvalidOperationException">A name is declared both at the top and further in.</exception>
    public ShortScript(string code, params IReadOnlyList<string> data)
    {
        var tokens = ScriptArrows.In(ScriptTokens.Read(code));
        _tokens = tokens;
        _data = data;
        _partner = new int[tokens.Count];
        _around = new int[tokens.Count];
        _statement = new int[tokens.Count];
        _goesOn = new bool[tokens.Count];
        Measure();
        _local = new(tokens.Count, i => _statement[i]);
        FindFunctions();
        Declare();
        _local.Number(i => MayBeName(i) ? At(i) : null);
        // What is written most often gets the shortest name.
        var uses = tokens.CountBy(token => token.Text).ToDictionary();
        foreach (var (number, name) in _top.Keys.OrderByDescending(name => uses[name]).ToList().Index())
            _top[name] = Short('a', number);
        _properties = Enumerable.Range(0, tokens.Count).Where(IsOfData).CountBy(At).OrderByDescending(pair => pair.Value)
            .Select((pair, number) => (pair.Key, Name: number < 26 ? Short('a', number) : Short('A', number - 26))).ToDictionary();
        Text = Write();
    }

    public string Text { get; }

    /// <summary>The short names of the properties of the data, by those that the code has; one that it never reads has none.</summary>
    public IReadOnlyDictionary<string, string> Properties => _properties;

    /// <summary>JSON as an expression of a script: names stand without quotes, and what strings hold is escaped no more than they need.</summary>
    public static string Literal(string json) => Quoted().Replace(json, match =>
        match.Groups["key"] is { Success: true } key ? key.Value + ":" : match.Value switch { "\\u0027" => "'", "\\u00A0" => "\u00a0", var other => other });

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
            if (At(i - 1) is "" or ";" or "{" or "}" && IsName(i))
            {
                _goesOn[i] = text is "const" or "let" && At(i - 1) == ";" && declares.Contains(open.Peek());
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

    private void FindFunctions()
    {
        for (var i = 0; i < _tokens.Count; i++)
        {
            if (At(i) == "=>")
                _local.Add(IsName(i - 1) ? i - 1 : _partner[i - 1], EndOfBody(i + 1));
            else if (BeginsBody(i))
                _local.Add(_partner[i - 1], _partner[i]);
        }

        _local.Nest();
    }

    // Of a function or a method, or what catches an error; an arrow's stands behind its arrow.
    private bool BeginsBody(int i) => At(i) == "{" && At(i - 1) == ")" && IsName(_partner[i - 1] - 1) && At(_partner[i - 1] - 1) is not ("if" or "for" or "while" or "switch");

    // Of an arrow: its block, or all of an expression.
    private int EndOfBody(int first)
    {
        if (At(first) == "{")
            return _partner[first];

        var choices = 0;
        for (var i = first; ; i++)
        {
            switch (At(i))
            {
                case "(" or "[" or "{":
                    i = _partner[i];
                    break;
                case "?" when At(i + 1) == "?":
                    i++;
                    break;
                case "?":
                    choices++;
                    break;
                case ":" when choices > 0:
                    choices--;
                    break;
                case "," or ";" or ":" or ")" or "]" or "}" or "":
                    return i - 1;
            }
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
                case "{" when BeginsBody(i):
                    DeclarePattern(_partner[i - 1], isTop: false);
                    break;
            }
        }

        var twice = _local.Names.FirstOrDefault(_top.ContainsKey);
        if (twice is not null)
            throw new InvalidOperationException($"\"{twice}\" is declared at the top of the script and within a statement: rename one.");
    }

    // Not the keys, nor what stands as a default.
    private void DeclarePattern(int open, bool isTop)
    {
        for (var i = open + 1; i < _partner[open]; i++)
        {
            if (IsName(i) && At(i + 1) is not (":" or "(") && At(i - 1) is not ("." or "="))
                Declare(i, isTop);
        }
    }

    private void Declare(int i, bool isTop)
    {
        if (isTop)
            _top.TryAdd(At(i), "");
        else
            _local.Declare(i, At(i));
    }

    private string Write()
    {
        var script = new StringBuilder();
        for (var i = 0; i < _tokens.Count; i++)
        {
            var text = ShortOf(i) is { } name ? (IsShorthand(i) ? At(i) + ":" : "") + name : Same(At(i));
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

    private static string Same(string text) => text switch { "const" => "let", "undefined" => "void 0", _ => text };

    /// <summary>The new name of a name of ours; null for anything else.</summary>
    private string? ShortOf(int i)
    {
        if (IsOfData(i))
            return _properties[At(i)];
        if (!MayBeName(i))
            return null;
        return _top.GetValueOrDefault(At(i)) ?? (_local.NumberOf(i, At(i)) is { } number ? Short('A', number) : null);
    }

    // A variable, not a property.
    private bool MayBeName(int i) => IsName(i) && At(i - 1) is not ("." or "?.") && !IsKey(i);

    // What is read of the data, or a key of what it is made with.
    private bool IsOfData(int i) => At(i - 1) == "."
        ? _data.Contains(At(i - 2)) && At(i - 3) != "."
        : IsName(i) && IsKey(i) && At(_around[i] - 1) == "=" && _data.Contains(At(_around[i] - 2));

    private bool IsKey(int i) => At(i - 1) is "{" or "," or "async"
        && (At(i + 1) == ":" || (At(i + 1) == "(" && At(_partner[i + 1] + 1) == "{"));

    private bool IsShorthand(int i) => _around[i] >= 0 && At(_around[i]) == "{" && At(i - 1) is "{" or "," && At(i + 1) is "}" or ",";

    private static string Short(char first, int number) => (char)(first + number % 26) + (number < 26 ? "" : $"{number / 26}");

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '$';

    private bool IsName(int i) => i >= 0 && i < _tokens.Count && _tokens[i].Kind == ScriptTokenKind.Name;

    private string At(int i) => i >= 0 && i < _tokens.Count ? _tokens[i].Text : "";

    // A key, or an escape.
    [GeneratedRegex("""\"(?<key>[A-Za-z_]\w*)\":|\\(u0027|u00A0|.)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();
}
