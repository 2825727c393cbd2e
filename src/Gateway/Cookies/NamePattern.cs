namespace Gateway.Cookies;

/// <summary>Names with at most one <c>*</c>, which stands for any text, compared as sets of names.</summary>
internal static class NamePattern
{
    /// <summary>Whether some name is matched by both.</summary>
    public static bool Overlap(string a, string b)
    {
        var (headA, tailA) = Split(a);
        var (headB, tailB) = Split(b);
        if (tailA is null)
            return tailB is null ? a == b : Covers(b, a);
        if (tailB is null)
            return Covers(a, b);

        // Between two stars there is room for any text: it is enough that the ends do not contradict each other.
        return (headA.StartsWith(headB, StringComparison.Ordinal) || headB.StartsWith(headA, StringComparison.Ordinal))
            && (tailA.EndsWith(tailB, StringComparison.Ordinal) || tailB.EndsWith(tailA, StringComparison.Ordinal));
    }

    /// <summary>Whether every name that <paramref name="narrow"/> matches is matched by <paramref name="wide"/>.</summary>
    public static bool Covers(string wide, string narrow)
    {
        var (head, tail) = Split(wide);
        if (tail is null)
            return wide == narrow;

        var (narrowHead, narrowTail) = Split(narrow);
        return narrow.Length - (narrowTail is null ? 0 : 1) >= head.Length + tail.Length
            && narrowHead.StartsWith(head, StringComparison.Ordinal)
            && (narrowTail ?? narrowHead).EndsWith(tail, StringComparison.Ordinal);
    }

    /// <summary>Characters that are not the star.</summary>
    public static int FixedLength(string pattern) => pattern.Count(c => c != '*');

    /// <summary>Whether it says anything: what is empty, <c>*</c> alone or has two of them is refused for that alone.</summary>
    public static bool IsUsable(string pattern) => pattern is not ("" or "*") && pattern.Count(c => c == '*') <= 1;

    public static bool IsExact(string pattern) => !pattern.Contains('*');

    private static (string Head, string? Tail) Split(string pattern)
    {
        var star = pattern.IndexOf('*');
        return star < 0 ? (pattern, null) : (pattern[..star], pattern[(star + 1)..]);
    }
}
