using Gateway.Cookies;

namespace Gateway.Texts;

/// <summary>The legal basis of a group of entries.</summary>
internal enum GroupBasis
{
    /// <summary>Exempt; there is no choice.</summary>
    Necessary,

    /// <summary>Exempt audience measurement; visitors can object.</summary>
    Audience,

    /// <summary>Requires consent.</summary>
    Consent,
}

/// <summary>The entries that a visitor decides on together, with their title and description.</summary>
/// <param name="Id">The id of the category.</param>
/// <param name="Basis">The legal basis.</param>
/// <param name="Title">The short title of the category.</param>
/// <param name="Text">One sentence that describes the purpose.</param>
/// <param name="Entries">At least one entry, in the order of the table.</param>
internal sealed record TableGroup(string Id, GroupBasis Basis, string Title, string Text, IReadOnlyList<CookieEntry> Entries)
{
    /// <summary>The groups with entries: necessary entries, audience measurement, then the categories in the order of the banner.</summary>
    public static IReadOnlyList<TableGroup> Of(SiteNotice notice, string language)
    {
        var translations = notice.In(language);
        TableGroup Exempt(string id, GroupBasis basis, Func<CookieEntry, bool> has) =>
            new(id, basis, translations[$"category.{id}.title"], translations[$"category.{id}.text"], [.. notice.Entries.Where(has)]);

        TableGroup[] groups =
        [
            Exempt(Category.Necessary, GroupBasis.Necessary, entry => !entry.NeedsConsent && !entry.IsAudience),
            Exempt(Category.Audience, GroupBasis.Audience, entry => entry.IsAudience),
            .. notice.Asked.Select(category => new TableGroup(
                category.Id,
                GroupBasis.Consent,
                translations.TitleOf(category),
                translations.TextOf(category),
                [.. notice.Entries.Where(entry => entry.NeedsConsent && entry.Category == category.Id)])),
        ];
        return [.. groups.Where(group => group.Entries.Count > 0)];
    }
}
