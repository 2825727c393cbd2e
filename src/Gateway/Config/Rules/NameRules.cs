using System.Net;
using Gateway.Cookies;
using Gateway.Csp;

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
        switch (entry.Kind)
        {
            case EntryKind.Host:
                CheckHost(name, diagnostics);
                break;
            case EntryKind.Path or EntryKind.ServiceWorker:
                CheckPath(name, diagnostics);
                break;
            default:
                CheckName(name, entry, diagnostics);
                break;
        }
    }

    private static void CheckName(string name, CookieEntry entry, Diagnostics diagnostics)
    {
        if (PlaceholderNames.Find(name) is var (rule, remedy))
        {
            diagnostics.Error("entry", name, rule, remedy);
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
        if (!HostSource.TryParse(name, out var source) || !source.Host[1..].Contains('.') || IPAddress.TryParse(source.Host, out _))
        {
            diagnostics.Error("entry", name,
                "is not a valid host: use a host name in lower case, with \"*.\" in front for all its subdomains, and optionally a scheme, port and path.",
                "Use a host such as \"www.youtube.com\", \"*.youtube.com\" or \"https://maps.example.com/embed/\".");
        }
    }

    // The backend may read other characters as the end of the path, or decode them.
    private static void CheckPath(string name, Diagnostics diagnostics)
    {
        if (name is "/" or "/*" || !name.StartsWith('/') || name.AsSpan()[..^1].Contains('*') || name.Contains("//", StringComparison.Ordinal)
            || name.Any(c => c is '?' or '#' or '%' or '\\' or ';' || char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            diagnostics.Error("entry", name, "is not a valid path: use a decoded path of the site without a query, and \"*\" only at its end.",
                "Use a path such as \"/piwik.php\", \"/matomo/*\" or \"/sw.js\".");
        }
    }

    /// <summary>Whether browsers accept the name (RFC 6265bis, section 5.6). They accept more than servers should send.</summary>
    private static bool IsCookieName(string name) =>
        name.Trim() == name && !name.Any(c => c is ';' or '=' || char.IsControl(c));
}
