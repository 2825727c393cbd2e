using Gateway.Cookies;
using Gateway.Csp;

namespace Gateway.Sites;

/// <summary>The third-party hosts of a site: which of them a page may load content from, for each state of consent.</summary>
internal sealed class ThirdParties
{
    private readonly HostSource[] _own;
    private readonly Group[] _groups;

    /// <param name="mode">The mode of the site on the current day.</param>
    public ThirdParties(SiteConfig config, SiteMode mode)
    {
        Mode = mode switch
        {
            SiteMode.Off => ThirdPartyMode.Off,
            SiteMode.Observe => ThirdPartyMode.Observe,
            _ => config.ThirdParties,
        };
        _own = [.. config.Hosts.Concat(config.OwnHosts).Select(SourceOf).OfType<HostSource>()];

        // All entries of a group are allowed or refused together, whatever the visitor chose.
        _groups =
        [
            .. config.Cookies.Where(entry => entry.Kind == EntryKind.Host)
                .GroupBy(entry => (entry.Category, entry.NeedsConsent, entry.IsAudience, entry.SaleOrShare))
                .Select(group => new Group(group.First(), [.. group.SelectMany(ListedHost.Of)])),
        ];
        Fixed = Write([], []);
        LongestPolicy = Write(_groups, _own.OrderByDescending(own => own.Sources.Length).Take(1)).Length;
    }

    /// <summary>What is done about hosts that the visitor did not allow. A site that is observed only reports them.</summary>
    public ThirdPartyMode Mode { get; }

    /// <summary>
    /// A policy that allows no third party. It is the same for all visitors, so what carries it stays cacheable. It does not name the host of
    /// the request.
    /// </summary>
    public string Fixed { get; }

    /// <summary>The number of characters that <see cref="WriteState"/> writes.</summary>
    public int StateLength => _groups.Length;

    /// <summary>Writes which hosts the grants allow: one character for each group of entries. Equal states have equal policies.</summary>
    public void WriteState(Grants grants, Span<char> state)
    {
        for (var at = 0; at < _groups.Length; at++)
            state[at] = grants.Allows(_groups[at].Entry) ? '1' : '0';
    }

    /// <summary>The length of the policy of a visitor who granted everything.</summary>
    public int LongestPolicy { get; }

    /// <summary>The policy for a visitor.</summary>
    /// <param name="authority">The host and an optional port of the page, as the visitor sees them.</param>
    public string PolicyFor(Grants grants, string authority) =>
        Write(_groups.Where(group => grants.Allows(group.Entry)), SourceOf(authority) is { } page ? [page] : []);

    /// <summary>Whether a page may request the URL: it is of an own host, or of a host that the grants allow for at least one use.</summary>
    /// <param name="grants">Null to allow own hosts only.</param>
    /// <param name="authority">The host and an optional port of the page.</param>
    public bool Allows(Grants? grants, Uri url, string authority) =>
        IsOwn(url, authority) || (grants is not null && Listed(url).Any(host => grants.Allows(host.Entry)));

    /// <summary>The entry that lists the host of a URL; null if there is none.</summary>
    /// <param name="use">What the URL is requested for; null for any use.</param>
    public CookieEntry? Find(Uri url, HostUse? use = null) =>
        Listed(url).FirstOrDefault(host => use is not { } one || host.Entry.Uses.Count == 0 || host.Entry.Uses.Contains(one))?.Entry;

    /// <summary>The sources, for <c>frame-src</c>, of all hosts of an entry: a player may lead from one of them to another.</summary>
    public static string FrameSources(CookieEntry entry) =>
        string.Join(' ', entry.Names.Select(SourceOf).OfType<HostSource>().Select(source => source.Sources));

    /// <summary>Whether the URL is of the page's own host, of another host of the site, or of one of <see cref="SiteConfig.OwnHosts"/>.</summary>
    public bool IsOwn(Uri url, string authority) =>
        Array.Exists(_own, own => own.Allows(url)) || SourceOf(authority)?.Allows(url) == true;

    private IEnumerable<ListedHost> Listed(Uri url) => _groups.SelectMany(group => group.Hosts).Where(host => host.Source.Allows(url));

    private string Write(IEnumerable<Group> allowed, IEnumerable<HostSource> page) => ThirdPartyPolicy.Write(
        page.Concat(_own).Select(own => own.Sources),
        [.. allowed.SelectMany(group => group.Hosts).Select(host => (host.Source.Sources, host.Directives))]);

    // A host that cannot be written as a source, such as an IPv6 address, is allowed by 'self' alone.
    private static HostSource? SourceOf(string authority) => HostSource.TryParse(authority, out var source) ? source : null;

    private sealed record Group(CookieEntry Entry, IReadOnlyList<ListedHost> Hosts);

    private sealed record ListedHost(CookieEntry Entry, HostSource Source, string[] Directives)
    {
        public static IEnumerable<ListedHost> Of(CookieEntry entry)
        {
            string[] directives = [.. entry.Uses.Select(DirectiveOf)];
            return entry.Names.Select(SourceOf).OfType<HostSource>().Select(source => new ListedHost(entry, source, directives));
        }

        private static string DirectiveOf(HostUse use) => use switch
        {
            HostUse.Script => "script-src",
            HostUse.Frame => "frame-src",
            HostUse.Image => "img-src",
            HostUse.Style => "style-src",
            HostUse.Font => "font-src",
            HostUse.Media => "media-src",
            HostUse.Connect => "connect-src",
            HostUse.Worker => "worker-src",
            HostUse.Object => "object-src",
            _ => "manifest-src",
        };
    }
}
