using System.Text.RegularExpressions;

namespace Gateway.Script;

internal enum ScriptTokenKind
{
    /// <summary>A name or a keyword.</summary>
    Name,

    /// <summary>A string, a number, a regular expression, or a piece of a template with its <c>`</c>, <c>${</c> and <c>}</c>.</summary>
    Literal,

    /// <summary>Anything else that is no white space.</summary>
    Mark,
}

internal readonly record struct ScriptToken(ScriptTokenKind Kind, string Text);

/// <summary>Cuts a script of ours, without its comments, into tokens.</summary>
internal static partial class ScriptTokens
{
    public static IReadOnlyList<ScriptToken> Read(string code)
    {
        var tokens = new List<ScriptToken>();
        // Of each open brace: whether it is one of a template, which goes on after it.
        var braces = new Stack<bool>();
        for (var at = 0; at < code.Length;)
        {
            var isTemplate = code[at] == '`' || (code[at] == '}' && braces.Peek());
            var text = (isTemplate ? Template()
                : code[at] == '/' && MayBeginExpression(tokens) ? Expression()
                : Plain()).Match(code, at).Value;
            at += text.Length;
            if (text[0] == '}')
                braces.Pop();
            if (text is "{" || (isTemplate && text[^1] == '{'))
                braces.Push(isTemplate);
            if (!char.IsWhiteSpace(text[0]))
                tokens.Add(new(KindOf(text), text));
        }

        return tokens;
    }

    private static ScriptTokenKind KindOf(string text) =>
        char.IsAsciiLetter(text[0]) || text[0] is '_' or '$' ? ScriptTokenKind.Name
        : char.IsAsciiDigit(text[0]) || text[0] is '"' or '`' || (text.Length > 1 && text[0] is '/' or '}') ? ScriptTokenKind.Literal
        : ScriptTokenKind.Mark;

    // After a value a slash divides; after anything else it begins a regular expression.
    private static bool MayBeginExpression(List<ScriptToken> before) =>
        before.Count == 0 || before[^1].Text == "return" || (before[^1] is { Kind: ScriptTokenKind.Mark, Text: not (")" or "]" or "}") });

    [GeneratedRegex("""\G(?:\s+|"([^"\\]|\\.)*"|[A-Za-z_$][\w$]*|[0-9][\w.]*|\.\.\.|=>|\?\.|\+\+|--|.)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Plain();

    [GeneratedRegex(@"\G[`}]([^`\\$]|\\.|\$(?!\{))*(`|\$\{)", RegexOptions.ExplicitCapture)]
    private static partial Regex Template();

    [GeneratedRegex(@"\G/([^/\\\[]|\\.|\[([^\]\\]|\\.)*\])+/[a-z]*", RegexOptions.ExplicitCapture)]
    private static partial Regex Expression();
}
