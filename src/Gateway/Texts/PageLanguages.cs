namespace Gateway.Texts;

/// <summary>The languages of pages that do not tell their own rightly, as the operator gives them.</summary>
/// <param name="configured">
/// By path (begins and ends with a slash, and means all below it) or by host; <c>/</c> is every page.
/// </param>
internal sealed class PageLanguages(IReadOnlyDictionary<string, string> configured)
{
    public static readonly PageLanguages None = new(new Dictionary<string, string>());

    /// <summary>Place and language, the narrowest place first: the longest path, then hosts, then <c>/</c>.</summary>
    public IReadOnlyList<(string Place, string Language)> Places { get; } =
    [
        .. configured
            .OrderBy(pair => pair.Key == "/" ? 2 : IsPath(pair.Key) ? 0 : 1)
            .ThenByDescending(pair => pair.Key.Length)
            .Select(pair => (pair.Key, pair.Value)),
    ];

    public static bool IsPath(string place) => place.StartsWith('/');

    /// <summary>The language of a page; null where nothing is said of it.</summary>
    /// <param name="host">Of the page, without port.</param>
    /// <param name="path">Its path as the address bar has it; null where it is not known: then only its host counts.</param>
    public string? Find(string host, string? path)
    {
        // A path without its last slash lies at the place too, as in the script.
        var at = path is null ? "/" : path.Split('?', 2)[0] + "/";
        return Places
            .FirstOrDefault(pair => IsPath(pair.Place)
                ? at.StartsWith(pair.Place, StringComparison.Ordinal)
                : pair.Place.Equals(host.TrimEnd('.'), StringComparison.OrdinalIgnoreCase))
            .Language;
    }
}
