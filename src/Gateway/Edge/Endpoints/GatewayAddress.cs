namespace Gateway.Edge.Endpoints;

/// <summary>
/// Which addresses are the gateway's own. The backend gets targets as they were sent, and servers differ in how they read them: one
/// merges slashes, one cuts <c>;x=1</c>, one takes <c>\</c> or <c>%2F</c> for a slash. What any of them could read as an address
/// under our prefix reaches none of them.
/// </summary>
internal static class GatewayAddress
{
    /// <summary>Whether a decoded and normalised path lies under the prefix.</summary>
    public static bool IsUnder(string prefix, string path) =>
        path.StartsWith(prefix, StringComparison.Ordinal) && (path.Length == prefix.Length || path[prefix.Length] == '/');

    /// <summary>Whether a lenient reader would pass through the prefix on its way along the target.</summary>
    public static bool CouldBeUnder(string prefix, HttpContext context)
    {
        var path = RawTarget.PathOf(context);
        if (!path.ContainsAny('%', '\\', ';') && !path.Contains("//", StringComparison.Ordinal) && !path.Contains("/.", StringComparison.Ordinal))
            return false;

        // The prefix is one segment, so only what stands at the root can be it.
        var depth = 0;
        var lenient = Uri.UnescapeDataString(path).Replace('\\', '/').AsSpan();
        foreach (var range in lenient.Split('/'))
        {
            var segment = lenient[range];
            segment = segment.IndexOf(';') is >= 0 and var end ? segment[..end] : segment;
            if (segment is "..")
                depth = Math.Max(0, depth - 1);
            else if (segment is not ("" or ".") && ++depth == 1 && segment.SequenceEqual(prefix.AsSpan(1)))
                return true;
        }

        return false;
    }
}
