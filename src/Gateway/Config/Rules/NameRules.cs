using Gateway.Cookies;

namespace Gateway.Config.Rules;

/// <summary>Rules for the names of an entry. <see cref="OverlapRules"/> compares them.</summary>
internal static class NameRules
{
    /// <summary>Shorter patterns of exempt entries would match cookies that nobody has reviewed.</summary>
    private const int MinimumFixedCharacters = 3;

    public static void Check(CookieEntry entry, Diagnostics diagnostics)
    {
        for (var i = 0; i < entry.Names.Count; i++)
        {
            if (entry.Names[i].Length > 0)
                Check(entry.Names[i], entry, diagnostics.At("names", i));
        }
    }

    private static void Check(string name, CookieEntry entry, Diagnostics diagnostics)
    {
        if (entry.Kind == EntryKind.Host)
        {
            CheckHost(name, diagnostics);
            return;
        }

        var stars = name.Count(c => c == '*');
        if (stars > 1)
        {
            diagnostics.Error("entry", name, "contains more than one *.", "Use a single *, or several names.");
        }
        else if (name == "*")
        {
            diagnostics.Error("V9", name, "matches every name.", "List the names that the site uses. All other names are refused.");
        }
        else if (stars == 1 && !entry.NeedsConsent && new NamePattern(name).FixedLength < MinimumFixedCharacters)
        {
            diagnostics.Error("V9", name, $"has fewer than {MinimumFixedCharacters} characters besides the *, which is too general for an entry without consent.",
                "Use a longer part of the name, or the exact names.");
        }
        else if (entry.Kind == EntryKind.Cookie && !IsCookieName(name))
        {
            diagnostics.Error("entry", name, "is not a valid cookie name: it must not contain \";\", \"=\" or control characters, or start or end with white space.",
                "Enter only the name, as shown by the browser.");
        }
    }

    private static void CheckHost(string name, Diagnostics diagnostics)
    {
        var host = name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name;
        if (!host.Contains('.') || Uri.CheckHostName(host) != UriHostNameType.Dns || host.Any(char.IsAsciiLetterUpper))
        {
            diagnostics.Error("entry", name, "is not a valid host: use a host name in lower case, with \"*.\" in front for all its subdomains.",
                "Use a host such as \"www.youtube.com\" or \"*.youtube.com\".");
        }
    }

    /// <summary>Whether browsers accept the name (RFC 6265bis, section 5.6). They accept more than servers should send.</summary>
    private static bool IsCookieName(string name) =>
        name.Trim() == name && !name.Any(c => c is ';' or '=' || char.IsControl(c));
}
