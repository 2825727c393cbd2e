namespace Gateway.Cookies;

/// <summary>What a visitor grants or refuses as one: its title and its one sentence say the purpose (GDPR recital 43).</summary>
internal sealed record Category
{
    /// <summary>The category that is always granted: its entries are exempt from consent (Art. 82 LIL, CNIL 2020-091).</summary>
    public const string Necessary = "necessary";

    /// <summary>The category of audience measurement under the CNIL's conditions: allowed until the visitor objects.</summary>
    public const string Audience = "audience";

    /// <summary>
    /// Ids of those that need consent and for which the gateway has title and sentence in every language, in the order in which they are
    /// asked where the operator gives none.
    /// </summary>
    public static readonly IReadOnlyList<string> Standard = ["preferences", "statistics", "video", "maps", "social", "advertising"];

    /// <summary>Lower-case letters, digits and hyphens; stands in the consent cookie.</summary>
    public string Id { get; init; } = "";

    /// <summary>Short title by language code; empty for a standard one that has ours.</summary>
    public IReadOnlyDictionary<string, string> Title { get; init; } = LocalizedText.None;

    /// <summary>One sentence by language code: what it is for; empty for a standard one that has ours.</summary>
    public IReadOnlyDictionary<string, string> Description { get; init; } = LocalizedText.None;
}

/// <summary>Texts by language code.</summary>
internal static class LocalizedText
{
    public static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();
}
