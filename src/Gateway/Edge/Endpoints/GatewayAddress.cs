namespace Gateway.Edge.Endpoints;

/// <summary>
/// Recognizes URLs under the gateway's prefix. The backend receives targets as they were sent, and servers normalize them differently: some
/// merge slashes, some cut <c>;x=1</c>, some read <c>\</c> or <c>%2F</c> as a slash. A target that any server could read as a path under the
/// prefix is not forwarded.
/// </summary>
internal static class GatewayAddress
{
    /// <summary>Whether a decoded and normalized path is under the prefix.</summary>
    public static bool IsUnder(string prefix, string path) =>
        path.StartsWith(prefix, StringComparison.Ordinal) && (path.Length == prefix.Length || path[prefix.Length] == '/');

    /// <summary>Whether a lenient server could read the target as a path under the prefix.</summary>
    public static bool CouldBeUnder(string prefix, HttpContext context)
    {
        var path = RawTarget.PathOf(context);
        if (!path.ContainsAny('%', '\\', ';') && !path.Contains("//", StringComparison.Ordinal) && !path.Contains("/.", StringComparison.Ordinal))
            return false;

        // The prefix has one segment, so only a first segment can be it.
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
