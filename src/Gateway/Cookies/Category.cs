namespace Gateway.Cookies;

/// <summary>What a visitor grants or refuses as a whole. Title and description state the purpose (GDPR recital 43).</summary>
internal sealed record Category
{
    /// <summary>The category that is always granted. Its entries are exempt from consent (Art. 82 LIL, CNIL 2020-091).</summary>
    public const string Necessary = "necessary";

    /// <summary>The category of exempt audience measurement (CNIL): allowed until the visitor objects.</summary>
    public const string Audience = "audience";

    /// <summary>
    /// Ids of the categories that need consent and whose title and description the gateway has in every language, in the default order of
    /// the banner.
    /// </summary>
    public static readonly IReadOnlyList<string> Standard = ["preferences", "statistics", "video", "maps", "social", "advertising"];

    /// <summary>Lower-case letters, digits and hyphens; written into the consent cookie.</summary>
    public string Id { get; init; } = "";

    /// <summary>Short title by language code; empty for a standard category with the built-in title.</summary>
    public IReadOnlyDictionary<string, string> Title { get; init; } = LocalizedText.None;

    /// <summary>The purpose in one sentence, by language code; empty for a standard category with the built-in sentence.</summary>
    public IReadOnlyDictionary<string, string> Description { get; init; } = LocalizedText.None;
}

/// <summary>Texts by language code.</summary>
internal static class LocalizedText
{
    public static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();
}
