using Gateway.Cookies;

namespace Gateway.Texts;

/// <summary>Why the entries of a group may be there.</summary>
internal enum GroupBasis
{
    /// <summary>Exempt; nothing can be chosen.</summary>
    Necessary,

    /// <summary>Exempt audience measurement; the visitor may object.</summary>
    Audience,

    /// <summary>Consent.</summary>
    Consent,
}

/// <summary>The entries of the table that a visitor decides on together, with the words for them: the same on every page.</summary>
/// <param name="Id">Of the category.</param>
/// <param name="Basis">Why they may be there.</param>
/// <param name="Title">Short title of the category.</param>
/// <param name="Text">One sentence: what it is for.</param>
/// <param name="Entries">At least one, in the table's order.</param>
internal sealed record TableGroup(string Id, GroupBasis Basis, string Title, string Text, IReadOnlyList<CookieEntry> Entries)
{
    /// <summary>Necessary ones first, then audience measurement, then what is asked in the operator's order; none is empty.</summary>
    public static IReadOnlyList<TableGroup> Of(SiteNotice notice, string language)
    {
        var phrases = notice.In(language);
        TableGroup Exempt(string id, GroupBasis basis, Func<CookieEntry, bool> has) =>
            new(id, basis, phrases[$"category.{id}.title"], phrases[$"category.{id}.text"], [.. notice.Entries.Where(has)]);

        TableGroup[] groups =
        [
            Exempt(Category.Necessary, GroupBasis.Necessary, entry => !entry.NeedsConsent && !entry.IsAudience),
            Exempt(Category.Audience, GroupBasis.Audience, entry => entry.IsAudience),
            .. notice.Asked.Select(category => new TableGroup(
                category.Id,
                GroupBasis.Consent,
                phrases.TitleOf(category),
                phrases.TextOf(category),
                [.. notice.Entries.Where(entry => entry.NeedsConsent && entry.Category == category.Id)])),
        ];
        return [.. groups.Where(group => group.Entries.Count > 0)];
    }
}
