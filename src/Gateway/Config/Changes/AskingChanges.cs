using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Config.Changes;

/// <summary>Which visitors a changed table asks, and why: the answer to a category holds for one version of it.</summary>
internal static class AskingChanges
{
    public static IEnumerable<string> Of(SiteConfig old, SiteConfig @new)
    {
        var before = new ConsentRules(old.Cookies, old.ConsentCookie).Versions;
        var after = new ConsentRules(@new.Cookies, @new.ConsentCookie).Versions;
        foreach (var (category, version) in after.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!before.TryGetValue(category, out var previous))
                yield return $"every visitor is asked about \"{category}\", which is new.";
            else if (previous != version)
                yield return $"visitors who answered about \"{category}\" are asked again: {Why(old, @new, category)}.";
        }

        foreach (var category in before.Keys.Except(after.Keys).Order(StringComparer.Ordinal))
            yield return $"nobody is asked about \"{category}\" any more.";
    }

    private static string Why(SiteConfig old, SiteConfig @new, string category)
    {
        var before = Asked(old, category).ToList();
        var after = Asked(@new, category).ToList();
        return string.Join("; ", after.Except(before).Select(entry => $"{entry} is new")
            .Concat(before.Except(after).Select(entry => $"{entry} is gone")));
    }

    /// <summary>In words, just what <see cref="PolicyVersion"/> is made of.</summary>
    private static IEnumerable<string> Asked(SiteConfig site, string category) => site.Cookies
        .Where(entry => entry.NeedsConsent && entry.Category == category)
        .SelectMany(entry => entry.Names.Select(name => $"{KindOf(entry)}\"{name}\" of {entry.Provider}{DomainOf(entry)}{(entry.SaleOrShare ? ", whose data are sold or shared," : "")}"))
        .Distinct(StringComparer.Ordinal);

    private static string DomainOf(CookieEntry entry) => entry.Domain is null ? "" : $" for {entry.Domain}";

    private static string KindOf(CookieEntry entry) => entry.Kind switch
    {
        EntryKind.LocalStorage => "the local storage key ",
        EntryKind.SessionStorage => "the session storage key ",
        EntryKind.Host => "the host ",
        _ => "",
    };
}
