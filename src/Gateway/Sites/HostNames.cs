namespace Gateway.Sites;

/// <summary>Hosts and the domains above them.</summary>
internal static class HostNames
{
    /// <summary>The host of a site that answers for every host no other site names.</summary>
    public const string Any = "*";

    /// <summary>Whether a cookie of that domain is sent to the host (RFC 6265 5.1.3).</summary>
    public static bool IsWithin(string host, string domain) =>
        host == domain || (host.EndsWith("." + domain, StringComparison.Ordinal) && Uri.CheckHostName(host) == UriHostNameType.Dns);
}
