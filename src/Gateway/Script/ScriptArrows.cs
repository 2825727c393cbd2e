namespace Gateway.Script;

/// <summary>
/// Function declarations at the top of a script as constants that hold an arrow, which is shorter. In our scripts nothing calls a function
/// before it stands there, and none knows <c>this</c> or <c>arguments</c>.
/// </summary>
internal sealed class ScriptArrows
{
    private readonly IReadOnlyList<ScriptToken> _tokens;
    private readonly List<ScriptToken> _arrows = [];

    private ScriptArrows(IReadOnlyList<ScriptToken> tokens)
    {
        _tokens = tokens;
        var depth = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (depth == 0 && tokens[i].Text == "function" && tokens[i + 1].Kind == ScriptTokenKind.Name)
            {
                i = Convert(i);
                continue;
            }

            depth += Step(i);
            _arrows.Add(tokens[i]);
        }
    }

    public static IReadOnlyList<ScriptToken> In(IReadOnlyList<ScriptToken> tokens) => new ScriptArrows(tokens)._arrows;

    // Gives the place of the last token of the declaration.
    private int Convert(int function)
    {
        var isAsync = _arrows.Count > 0 && _arrows[^1].Text == "async";
        if (isAsync)
            _arrows.RemoveAt(_arrows.Count - 1);
        Add("const", "=", function + 1);
        if (isAsync)
            _arrows.Add(new(ScriptTokenKind.Name, "async"));

        var open = function + 2;
        var close = End(open);
        var end = End(close + 1);
        Add(close - open == 2 ? open + 1 : open, close - open == 2 ? open + 1 : close);
        _arrows.Add(new(ScriptTokenKind.Mark, "=>"));
        if (_tokens[close + 2].Text == "return" && _tokens[close + 3].Text != "{" && EndOfStatement(close + 3) == end - 1)
            Add(close + 3, end - 2);
        else
            Add(close + 1, end);
        _arrows.Add(new(ScriptTokenKind.Mark, ";"));
        return end;
    }

    private void Add(string before, string after, int name)
    {
        _arrows.Add(new(ScriptTokenKind.Name, before));
        _arrows.Add(_tokens[name]);
        _arrows.Add(new(ScriptTokenKind.Mark, after));
    }

    private void Add(int first, int last)
    {
        for (var i = first; i <= last; i++)
            _arrows.Add(_tokens[i]);
    }

    private int End(int open)
    {
        var depth = Step(open);
        while (depth > 0)
            depth += Step(++open);
        return open;
    }

    private int EndOfStatement(int first)
    {
        var depth = 0;
        for (; depth > 0 || _tokens[first].Text != ";"; first++)
            depth += Step(first);
        return first;
    }

    private int Step(int i) => _tokens[i].Text switch
    {
        "(" or "[" or "{" => 1,
        ")" or "]" or "}" => -1,
        _ => 0,
    };
}
