using System.Globalization;

namespace Gateway.Texts;

/// <summary>Which language a visitor is spoken to.</summary>
internal static class Languages
{
    /// <summary>Languages in which all texts of the gateway exist: one file each in <c>texts/</c>.</summary>
    public static readonly IReadOnlyList<string> Supported =
    [
        "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fi", "fr", "ga", "hr", "hu", "is", "it", "lt", "lv", "mt", "nb", "nl",
        "pl", "pt", "ro", "sk", "sl", "sv", "tr", "uk",
    ];

    /// <summary>Those of them whose texts a native speaker has read.</summary>
    public static readonly IReadOnlyList<string> Reviewed = ["en", "fr"];

    /// <summary>
    /// The requested language (what the visitor clicked on; anything else is passed over), else that of the page one comes from, else
    /// the best of <c>Accept-Language</c> (RFC 9110 12.5.4), else the site's first.
    /// </summary>
    /// <returns>A member of <paramref name="siteLanguages"/>, spelled as there.</returns>
    public static string Choose(IReadOnlyList<string> siteLanguages, string? requested, string? ofPage, string? acceptLanguage)
    {
        if ((requested is null ? null : Match(siteLanguages, requested)) is { } wanted)
            return wanted;
        if (ofPage is not null)
            return ofPage;

        // OrderBy is stable: of equal weights the first named wins.
        return Ranges(acceptLanguage ?? "")
            .Where(range => range.Weight > 0)
            .OrderByDescending(range => range.Weight)
            .Select(range => range.Tag == "*" ? siteLanguages[0] : Match(siteLanguages, range.Tag))
            .FirstOrDefault(language => language is not null) ?? siteLanguages[0];
    }

    /// <summary>The full code, else the same primary subtag (<c>fr</c> for <c>fr-CA</c> and the other way round); else null.</summary>
    public static string? Match(IReadOnlyList<string> languages, string tag) =>
        languages.FirstOrDefault(language => language.Equals(tag, StringComparison.OrdinalIgnoreCase))
        ?? languages.FirstOrDefault(language => Primary(language).Equals(Primary(tag), StringComparison.OrdinalIgnoreCase));

    // Norwegian without a form, and Nynorsk, are answered in Bokmål, the one we have.
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
