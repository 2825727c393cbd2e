using Gateway.Cookies;

namespace Gateway.Config.Rules;

/// <summary>The names of one entry, each for itself.</summary>
internal static class NameRules
{
    /// <summary>Shorter patterns of exempt entries would let in what nobody looked at.</summary>
    private const int LeastFixedCharacters = 3;

    public static void Check(CookieEntry entry, Diagnostics found)
    {
        for (var i = 0; i < entry.Names.Count; i++)
        {
            if (entry.Names[i].Length > 0)
                Check(entry.Names[i], entry, found.At("names", i));
        }
    }

    private static void Check(string name, CookieEntry entry, Diagnostics found)
    {
        if (entry.Kind == EntryKind.Host)
        {
            CheckHost(name, found);
            return;
        }

        var stars = name.Count(c => c == '*');
        if (stars > 1)
        {
            found.Error("entry", name, "holds more than one *.", "Write it with one, or as several names.");
        }
        else if (name == "*")
        {
            found.Error("V9", name, "matches every name.", "Name what the site keeps; what is not named is refused.");
        }
        else if (stars == 1 && !entry.NeedsConsent && new NamePattern(name).FixedLength < LeastFixedCharacters)
        {
            found.Error("V9", name, $"has fewer than {LeastFixedCharacters} characters besides the *, for an entry without consent.",
                "Write a longer part of the name, or the names themselves.");
        }
        else if (entry.Kind == EntryKind.Cookie && !IsCookieName(name))
        {
            found.Error("entry", name, "is not a cookie name: no \";\", no \"=\", no control character, no space at its ends.",
                "Write the name alone, as the browser shows it.");
        }
    }

    private static void CheckHost(string name, Diagnostics found)
    {
        var host = name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name;
        if (!host.Contains('.') || Uri.CheckHostName(host) != UriHostNameType.Dns || host.Any(char.IsAsciiLetterUpper))
        {
            found.Error("entry", name, "is not a host: a name in lower case, which may begin with \"*.\" for all hosts below it.",
                "Write for example \"www.youtube.com\" or \"*.youtube.com\".");
        }
    }

    /// <summary>What browsers keep as a name (RFC 6265bis 5.6), beyond what well-behaved servers send.</summary>
    private static bool IsCookieName(string name) =>
        name.Trim() == name && !name.Any(c => c is ';' or '=' || char.IsControl(c));
}
