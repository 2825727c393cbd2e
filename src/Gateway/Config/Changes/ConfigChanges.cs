using Gateway.Consent;
using Gateway.Sites;

namespace Gateway.Config.Changes;

/// <summary>Describes the effects of a configuration change on visitors. Changes of wording and appearance are not described.</summary>
internal static class ConfigChanges
{
    /// <summary>One sentence for each effect: who is asked again and why, what is refused and what is allowed. A single sentence if there is none.</summary>
    public static IReadOnlyList<string> Sentences(GatewayConfig old, GatewayConfig @new)
    {
        var before = ById(old);
        var after = ById(@new);
        string[] sentences =
        [
            .. after.Values.Where(site => !before.ContainsKey(site.Id))
                .Select(site => $"{Name(site)} is new ({Hosts(site.Hosts)})."),
            .. before.Values.Where(site => !after.ContainsKey(site.Id))
                .Select(site => $"{Name(site)} was removed: {Hosts(site.Hosts)} no longer served."),
            .. after.Values.Where(site => before.ContainsKey(site.Id))
                .SelectMany(site => Of(before[site.Id], site).Select(sentence => $"{Name(site)}: {sentence}")),
        ];
        return sentences.Length > 0 ? sentences : ["Nothing changes for visitors."];
    }

    private static IEnumerable<string> Of(SiteConfig old, SiteConfig @new) =>
    [
        .. HostsOf(old, @new),
        .. ModeOf(old, @new),
        .. ConsentCookieOf(old, @new),
        .. AskingChanges.Of(old, @new),
        .. NameChanges.Of(old, @new),
    ];

    private static IEnumerable<string> HostsOf(SiteConfig old, SiteConfig @new)
    {
        var added = @new.Hosts.Except(old.Hosts).ToList();
        if (added.Count > 0)
            yield return $"the site now serves {Hosts(added)}.";

        var removed = old.Hosts.Except(@new.Hosts).ToList();
        if (removed.Count > 0)
            yield return $"the site no longer serves {Hosts(removed)}.";
    }

    private static IEnumerable<string> ModeOf(SiteConfig old, SiteConfig @new)
    {
        if (old.Mode == @new.Mode)
            yield break;

        yield return (@new.Mode, old.Mode) switch
        {
            (SiteMode.Enforce, SiteMode.Off) => "everything that is not granted is now removed (the mode was off).",
            (SiteMode.Enforce, _) => "everything that is not granted is now removed (the mode was observe).",
            (SiteMode.Off, _) => $"nothing is removed and nobody is asked until {@new.ObserveUntil:yyyy-MM-dd} (the mode is off).",
            _ => $"nothing is removed and nobody is asked until {@new.ObserveUntil:yyyy-MM-dd} (the mode is observe).",
        };
    }

    private static IEnumerable<string> ConsentCookieOf(SiteConfig old, SiteConfig @new)
    {
        var rules = new ConsentRules(old.Cookies, old.ConsentCookie);
        if (!rules.HasChoice)
            yield break;

        var (before, after) = (old.ConsentCookie, @new.ConsentCookie);
        if (before.Name != after.Name)
            yield return $"every visitor is asked again: the consent cookie is renamed from \"{before.Name}\" to \"{after.Name}\".";
        if (before.Domain != after.Domain)
            yield return $"visitors may be asked again: a choice now applies to {Scope(after)} (previously {Scope(before)}).";
        if (before.Days != after.Days)
            yield return $"new choices are valid for {after.Days} days (previously {before.Days}).";
    }

    private static string Scope(ConsentCookieOptions cookie) => cookie.Domain is { } domain ? $"all hosts of {domain}" : "one host";

    private static SortedDictionary<string, SiteConfig> ById(GatewayConfig config)
    {
        var sites = new SortedDictionary<string, SiteConfig>(StringComparer.Ordinal);
        foreach (var site in config.Sites)
            sites.TryAdd(site.Id, site);
        return sites;
    }

    private static string Name(SiteConfig site) => $"Site \"{site.Id}\"";

    private static string Hosts(IReadOnlyList<string> hosts) =>
        hosts.Contains(HostNames.Any) ? "every other host" : string.Join(", ", hosts);
}
