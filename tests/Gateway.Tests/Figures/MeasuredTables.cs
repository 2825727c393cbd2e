using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Tests.Support;
using Gateway.Texts;

namespace Gateway.Tests.Figures;

/// <summary>The cookie tables for the measurements.</summary>
internal static class MeasuredTables
{
    public const string TrackedHost = "www.site.localhost";

    /// <summary>Fifty entries in two languages.</summary>
    public static SiteConfig Fifty { get; } = Site(Notices.Of(Notices.Fifty));

    /// <summary>What <see cref="AuditedPages"/> sets at <c>/app/page</c>, except <c>t_unlisted</c>; on a host with a parent domain.</summary>
    public static SiteConfig Trackers { get; } = Site(Notices.Of(
    [
        Notices.Ga with { Names = ["t_http", "t_httponly", "t_path", "t_parent", "t_deep", "t_script", "t_script_parent"] },
        Notices.GaKey with { Names = ["t_local"] },
        Notices.GaKey with { Kind = EntryKind.SessionStorage, Names = ["t_session"], Duration = new Duration(0, DurationUnit.Session) },
    ])) with
    { Hosts = [TrackedHost] };

    /// <summary>Entries of every kind: exempt, audience measurement, two categories that need consent; cookies, storage keys, hosts.</summary>
    public static SiteConfig Full(params IReadOnlyList<string> languages) => Site(Notices.Full.Speaking(languages));

    private static SiteConfig Site(SiteNotice notice) => new()
    {
        Id = "measured",
        Hosts = ["localhost"],
        Languages = notice.Languages,
        Controller = notice.Controller,
        Categories = notice.Asked,
        Cookies = notice.Entries,
        ThirdParties = ThirdPartyMode.Enforce,
    };
}
