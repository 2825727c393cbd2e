namespace Gateway.Sites;

/// <summary>Compares host names and domains.</summary>
internal static class HostNames
{
    /// <summary>The host of a site that serves all hosts which no other site serves.</summary>
    public const string Any = "*";

    /// <summary>Whether browsers send a cookie of the domain to the host (RFC 6265, section 5.1.3).</summary>
    public static bool IsWithin(string host, string domain) =>
        host == domain || (host.EndsWith("." + domain, StringComparison.Ordinal) && Uri.CheckHostName(host) == UriHostNameType.Dns);
}
