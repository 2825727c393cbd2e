using Gateway.Consent;
using Gateway.Sites;
using Gateway.Texts;

namespace Gateway.Config.Changes;

/// <summary>Describes the effects of a configuration change on visitors. Changes of wording, except that of buttons, and of appearance are not described.</summary>
internal static class ConfigChanges
{
    private static readonly string[] Buttons = ["choice.accept", "choice.refuse", "choice.customise", "choice.save", "choice.manage"];

    /// <summary>One sentence for each effect: who is asked again and why, what is refused and what is allowed. A single sentence if there is none.</summary>
    /// <param name="today">Decides whether the observation of a site has ended.</param>
    public static IReadOnlyList<string> Sentences(GatewayConfig old, GatewayConfig @new, DateOnly today)
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
                .SelectMany(site => Of(before[site.Id], site, today).Select(sentence => $"{Name(site)}: {sentence}")),
        ];
        return sentences.Length > 0 ? sentences : ["Nothing changes for visitors."];
    }

    private static IEnumerable<string> Of(SiteConfig old, SiteConfig @new, DateOnly today)
    {
        var (was, @is) = (old.ModeOn(today), @new.ModeOn(today));
        string[] effects =
        [
            .. ConsentCookieOf(old, @new),
            .. AskingChanges.Of(old, @new),
            .. ThirdPartiesOf(old, @new),
            .. NameChanges.Of(old, @new, areEnforced: was == SiteMode.Enforce && @is == SiteMode.Enforce),
            .. ButtonsOf(old, @new),
        ];

        // Nothing of this happens while the site is observed.
        return [.. HostsOf(old, @new), .. ModeOf(was, @is, @new), .. effects.Select(effect => @is == SiteMode.Enforce ? effect : $"once it is enforced, {effect}")];
    }

    private static IEnumerable<string> HostsOf(SiteConfig old, SiteConfig @new)
    {
        var added = @new.Hosts.Except(old.Hosts).ToList();
        if (added.Count > 0)
            yield return $"the site now serves {Hosts(added)}.";

        var removed = old.Hosts.Except(@new.Hosts).ToList();
        if (removed.Count > 0)
            yield return $"the site no longer serves {Hosts(removed)}.";
    }

    private static IEnumerable<string> ModeOf(SiteMode was, SiteMode @is, SiteConfig @new)
    {
        if (was == @is)
            yield break;

        yield return (@is, was) switch
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

    private static IEnumerable<string> ThirdPartiesOf(SiteConfig old, SiteConfig @new)
    {
        if ((old.ThirdParties == ThirdPartyMode.Enforce) == (@new.ThirdParties == ThirdPartyMode.Enforce))
            yield break;

        yield return @new.ThirdParties == ThirdPartyMode.Enforce
            ? "pages load from third-party hosts only what is granted or exempt."
            : "pages load from every third-party host, whatever the visitor chose.";
    }

    // The words on which visitors decide.
    private static IEnumerable<string> ButtonsOf(SiteConfig old, SiteConfig @new)
    {
        foreach (var language in old.Languages.Intersect(@new.Languages))
        {
            var (before, after) = (Translations.For(language, old.Texts), Translations.For(language, @new.Texts));
            foreach (var key in Buttons.Where(key => before[key] != after[key]))
                yield return $"the button \"{before[key]}\" is renamed to \"{after[key]}\" ({language}).";
        }
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
