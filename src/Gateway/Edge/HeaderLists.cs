using System.Buffers;
using Microsoft.Extensions.Primitives;

namespace Gateway.Edge;

/// <summary>Headers whose value is a comma-separated list (RFC 9110 5.6.1).</summary>
internal static class HeaderLists
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Whether the text is a token (RFC 9110 5.6.2), such as the name of a header.</summary>
    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(TokenCharacters);

    /// <summary>The parts of one line, trimmed. A separator in a quoted string or between <c>&lt;</c> and <c>&gt;</c> is text.</summary>
    public static IEnumerable<string> Parts(string line, char separator)
    {
        var start = 0;
        var closing = '\0';
        for (var at = 0; at <= line.Length; at++)
        {
            if (at < line.Length && closing != '\0')
            {
                closing = line[at] == closing ? '\0' : closing;
            }
            else if (at < line.Length && line[at] is '"' or '<')
            {
                closing = line[at] == '<' ? '>' : '"';
            }
            else if (at == line.Length || line[at] == separator)
            {
                if (line[start..at].Trim() is { Length: > 0 } part)
                    yield return part;
                start = at + 1;
            }
        }
    }

    extension(StringValues header)
    {
        /// <summary>Whether the list has this member, in any case. A member with an argument (<c>private="x"</c>) is a different one.</summary>
        public bool HasMember(ReadOnlySpan<char> member)
        {
            foreach (var line in header)
            {
                foreach (var part in line.AsSpan().Split(','))
                {
                    if (line.AsSpan()[part].Trim().Equals(member, StringComparison.OrdinalIgnoreCase))
                        return true;
                }
            }

            return false;
        }

        /// <summary>The list with one more member, on one line.</summary>
        public string WithMember(string member) => StringValues.IsNullOrEmpty(header) ? member : $"{header}, {member}";
    }
}
