using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Config.Changes;

/// <summary>Which names a changed table refuses, allows, or keeps for less long.</summary>
internal static class NameChanges
{
    public static IEnumerable<string> Of(SiteConfig old, SiteConfig @new)
    {
        var before = Names(old).ToList();
        var after = Names(@new).ToList();
        foreach (var listed in before)
        {
            if (Same(listed, after) is not { } now)
                yield return $"\"{listed.Name}\" is refused from now on: it is no longer listed.";
            else if (Compare(listed, now) is { } sentence)
                yield return sentence;
        }

        foreach (var listed in after.Where(listed => Same(listed, before) is null))
            yield return $"\"{listed.Name}\" was refused and is now allowed {Condition(listed.Entry)}.";
    }

    /// <summary>The listing that answers for the name: its own, else a pattern that covers it.</summary>
    private static Listed? Same(Listed listed, List<Listed> others) =>
        others.Where(other => other.Entry.Kind == listed.Entry.Kind && NamePattern.Covers(other.Name, listed.Name))
            .OrderByDescending(other => new NamePattern(other.Name).FixedLength)
            .FirstOrDefault();

    private static string? Compare(Listed was, Listed now)
    {
        if (Condition(was.Entry) != Condition(now.Entry))
            return $"\"{was.Name}\" is now allowed {Condition(now.Entry)} (before, {Condition(was.Entry)}).";

        return Lifetime(now.Entry) < Lifetime(was.Entry)
            ? $"\"{was.Name}\" is kept for less long: {now.Entry.Duration} (before, {was.Entry.Duration})."
            : null;
    }

    private static string Condition(CookieEntry entry) => entry switch
    {
        { IsAudience: true } => "until the visitor objects",
        { NeedsConsent: true } => $"only with consent to \"{entry.Category}\"",
        _ => "without consent",
    };

    private static TimeSpan Lifetime(CookieEntry entry) => entry.Duration.Length;

    /// <summary>Without hosts, which are neither refused nor allowed yet, and the consent cookie, which the gateway keeps whether it has a row or not.</summary>
    private static IEnumerable<Listed> Names(SiteConfig site) => site.Cookies
        .SelectMany(entry => entry.Names.Select(name => new Listed(name, entry)))
        .Where(listed => listed.Entry.Kind != EntryKind.Host)
        .Where(listed => listed.Name != site.ConsentCookie.Name || listed.Entry.Kind != EntryKind.Cookie);

    private sealed record Listed(string Name, CookieEntry Entry);
}
