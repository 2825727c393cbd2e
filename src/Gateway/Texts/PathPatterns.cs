namespace Gateway.Texts;

/// <summary>Configured paths of a site. A <c>*</c> at the end stands for everything that follows; <c>/admin/*</c> also matches <c>/admin</c>.</summary>
/// <param name="patterns">As in the address bar: percent-encoded, and without a query.</param>
internal sealed class PathPatterns(IReadOnlyList<string> patterns)
{
    public static readonly PathPatterns None = new([]);

    public IReadOnlyList<string> Patterns => patterns;

    /// <param name="path">As in the address bar.</param>
    public bool Match(ReadOnlySpan<char> path)
    {
        foreach (var pattern in patterns)
        {
            if (pattern[^1] == '*' ? StartsWith(path, pattern.AsSpan(..^1)) : path.SequenceEqual(pattern))
                return true;
        }

        return false;
    }

    private static bool StartsWith(ReadOnlySpan<char> path, ReadOnlySpan<char> start) =>
        path.StartsWith(start) || (start[^1] == '/' && path.SequenceEqual(start[..^1]));
}
