using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Config.Changes;

/// <summary>Describes which names a change of the table refuses, allows, or keeps for another time.</summary>
internal static class NameChanges
{
    /// <param name="areEnforced">Whether the site was enforced and still is: otherwise nothing was refused, or is now.</param>
    public static IEnumerable<string> Of(SiteConfig old, SiteConfig @new, bool areEnforced)
    {
        var before = Names(old).ToList();
        var after = Names(@new).ToList();
        foreach (var listed in before)
        {
            if (Same(listed, after) is not { } now)
                yield return $"\"{listed.Name}\" is{(areEnforced ? " now" : "")} refused: it is no longer listed.";
            else if (Compare(listed, now, areEnforced) is { } sentence)
                yield return sentence;
        }

        foreach (var listed in after.Where(listed => Same(listed, before) is null))
        {
            yield return areEnforced
                ? $"\"{listed.Name}\" was refused and is now allowed {Condition(listed.Entry)}."
                : $"\"{listed.Name}\" is allowed {Condition(listed.Entry)}: it was not listed.";
        }
    }

    /// <summary>The entry that matches the name: an exact one, or the most specific pattern.</summary>
    private static Listed? Same(Listed listed, List<Listed> others) =>
        others.Where(other => other.Entry.Kind == listed.Entry.Kind && NamePattern.Covers(other.Name, listed.Name))
            .OrderByDescending(other => new NamePattern(other.Name).FixedLength)
            .FirstOrDefault();

    private static string? Compare(Listed was, Listed now, bool areEnforced)
    {
        if (Condition(was.Entry) != Condition(now.Entry))
            return $"\"{was.Name}\" is{(areEnforced ? " now" : "")} allowed {Condition(now.Entry)} (previously {Condition(was.Entry)}).";

        return Lifetime(now.Entry).CompareTo(Lifetime(was.Entry)) switch
        {
            < 0 => $"\"{was.Name}\" is kept for a shorter time: {now.Entry.Duration} (previously {was.Entry.Duration}).",
            > 0 => $"\"{was.Name}\" may be kept for a longer time: {now.Entry.Duration} (previously {was.Entry.Duration}).",
            _ => null,
        };
    }

    private static string Condition(CookieEntry entry) => entry switch
    {
        { IsAudience: true } => "until the visitor objects",
        { NeedsConsent: true } => $"only with consent to \"{entry.Category}\"",
        _ => "without consent",
    };

    private static TimeSpan Lifetime(CookieEntry entry) => entry.Duration.Length;

    /// <summary>The names of a site, without hosts, which are not refused yet, and without the consent cookie, which needs no entry.</summary>
    private static IEnumerable<Listed> Names(SiteConfig site) => site.Cookies
        .SelectMany(entry => entry.Names.Select(name => new Listed(name, entry)))
        .Where(listed => listed.Entry.Kind != EntryKind.Host)
        .Where(listed => listed.Name != site.ConsentCookie.Name || listed.Entry.Kind != EntryKind.Cookie);

    private sealed record Listed(string Name, CookieEntry Entry);
}
