using System.Globalization;

namespace Gateway.Texts;

/// <summary>The supported languages, and the selection of the language of a response.</summary>
internal static class Languages
{
    /// <summary>The languages with a file in <c>texts/</c>.</summary>
    public static readonly IReadOnlyList<string> Supported =
    [
        "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fi", "fr", "ga", "hr", "hu", "is", "it", "lt", "lv", "mt", "nb", "nl",
        "pl", "pt", "ro", "sk", "sl", "sv", "tr", "uk",
    ];

    /// <summary>The languages whose texts have been reviewed by a native speaker.</summary>
    public static readonly IReadOnlyList<string> Reviewed = ["en", "fr"];

    /// <summary>
    /// Selects the language: the one that the visitor requested, if the site has it; else that of the page that the visitor comes from; else
    /// the best match for <c>Accept-Language</c> (RFC 9110, section 12.5.4); else the first language of the site.
    /// </summary>
    /// <returns>An item of <paramref name="siteLanguages"/>.</returns>
    public static string Choose(IReadOnlyList<string> siteLanguages, string? requested, string? ofPage, string? acceptLanguage)
    {
        if ((requested is null ? null : Match(siteLanguages, requested)) is { } match)
            return match;
        if (ofPage is not null)
            return ofPage;

        // OrderBy is stable: the first of equal weights wins.
        return Ranges(acceptLanguage ?? "")
            .Where(range => range.Weight > 0)
            .OrderByDescending(range => range.Weight)
            .Select(range => range.Tag == "*" ? siteLanguages[0] : Match(siteLanguages, range.Tag))
            .FirstOrDefault(language => language is not null) ?? siteLanguages[0];
    }

    /// <summary>The language with the same code, or else with the same primary subtag (<c>fr</c> matches <c>fr-CA</c> and vice versa); otherwise null.</summary>
    public static string? Match(IReadOnlyList<string> languages, string tag) =>
        languages.FirstOrDefault(language => language.Equals(tag, StringComparison.OrdinalIgnoreCase))
        ?? languages.FirstOrDefault(language => Primary(language).Equals(Primary(tag), StringComparison.OrdinalIgnoreCase));

    // Unspecified Norwegian and Nynorsk match Bokmål, the only supported written form.
    private static string Primary(string tag)
    {
        var primary = tag.Split('-', 2)[0];
        return primary.ToLowerInvariant() is "no" or "nn" ? "nb" : primary;
    }

    private static IEnumerable<(string Tag, double Weight)> Ranges(string header)
    {
        foreach (var item in header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = item.Split(';', StringSplitOptions.TrimEntries);
            var q = parts.Skip(1).FirstOrDefault(part => part.StartsWith("q=", StringComparison.OrdinalIgnoreCase));
            if (q is null)
                yield return (parts[0], 1);
            else if (double.TryParse(q.AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight))
                yield return (parts[0], weight);
        }
    }
}
