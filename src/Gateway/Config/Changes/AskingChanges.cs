using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Config.Changes;

/// <summary>Describes which visitors are asked because of a change, and why: an answer is valid for one version of its category.</summary>
internal static class AskingChanges
{
    public static IEnumerable<string> Of(SiteConfig old, SiteConfig @new)
    {
        var before = new ConsentRules(old.Cookies, old.ConsentCookie).Versions;
        var after = new ConsentRules(@new.Cookies, @new.ConsentCookie).Versions;
        if (@new.ConsentCookie.IsSigned && !(old.ConsentCookie.IsSigned && @new.ConsentCookie.SigningKeys.Contains(old.ConsentCookie.SigningKeys[0])))
            yield return "every visitor is asked again: no key in \"signingKeys\" has signed the existing choices.";
        foreach (var (category, version) in after.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!before.TryGetValue(category, out var previous))
                yield return $"every visitor is asked about the new category \"{category}\".";
            else if (previous != version)
                yield return $"visitors who answered about \"{category}\" are asked again: {Reasons(old, @new, category)}.";
        }

        foreach (var category in before.Keys.Except(after.Keys).Order(StringComparer.Ordinal))
            yield return $"visitors are no longer asked about \"{category}\".";
    }

    private static string Reasons(SiteConfig old, SiteConfig @new, string category)
    {
        var before = Entries(old, category).ToList();
        var after = Entries(@new, category).ToList();
        return string.Join("; ", after.Except(before).Select(entry => $"{entry} is new")
            .Concat(before.Except(after).Select(entry => $"{entry} was removed")));
    }

    /// <summary>Describes exactly what <see cref="PolicyVersion"/> is computed from.</summary>
    private static IEnumerable<string> Entries(SiteConfig site, string category) => site.Cookies
        .Where(entry => entry.NeedsConsent && entry.Category == category)
        .SelectMany(entry => entry.Names.Select(name => $"{KindOf(entry)}\"{name}\" of {entry.Provider}{DomainOf(entry)}{(entry.SaleOrShare ? ", whose data is sold or shared," : "")}"))
        .Distinct(StringComparer.Ordinal);

    private static string DomainOf(CookieEntry entry) => entry.Domain is null ? "" : $" for {entry.Domain}";

    private static string KindOf(CookieEntry entry) => entry.Kind switch
    {
        EntryKind.LocalStorage => "the local storage key ",
        EntryKind.SessionStorage => "the session storage key ",
        EntryKind.IndexedDB => "the database ",
        EntryKind.CacheStorage => "the cache ",
        EntryKind.ServiceWorker => "the service worker ",
        EntryKind.Host => "the host ",
        EntryKind.Path => "the path ",
        _ => "",
    };
}
