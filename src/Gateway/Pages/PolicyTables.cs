using Gateway.Cookies;
using Gateway.Texts;

namespace Gateway.Pages;

/// <summary>The cookie table as one HTML table for each group: the four columns of the reference policy, then four that the law requires.</summary>
internal static class PolicyTables
{
    private static readonly string[] Columns = ["provider", "function", "names", "purposes", "duration", "category", "party", "basis"];

    public static HtmlContent Render(SiteNotice notice, string language)
    {
        var translations = notice.In(language);
        var patterns = notice.Entries.Any(entry => entry.Names.Any(name => name.Contains('*')));
        return HtmlContent.Of($"""
            <h2 id="list">{translations.Format("policy.table.title", PageShell.SiteName(notice, translations))}</h2>
            {HtmlContent.Of($"<p>{translations["policy.table.pattern"]}</p>\n").If(patterns)}
            """)
            + HtmlContent.Each(TableGroup.Of(notice, language), group => Group(group, notice, translations, language));
    }

    /// <summary>The fragment id of the heading of a group.</summary>
    public static string Anchor(TableGroup group) => $"list-{group.Id}";

    // The element around the table scrolls on narrow screens, so it must be focusable (RGAA 10.11).
    private static HtmlContent Group(TableGroup group, SiteNotice notice, Translations translations, string language) => HtmlContent.Of($"""
        <h3 id="{Anchor(group)}">{Heading(group, translations)}</h3>
        <div class="scroll" role="region" aria-labelledby="{Anchor(group)}" tabindex="0">
        <table>
        <caption>{group.Text}</caption>
        <thead>
        <tr>
        {HtmlContent.Each(Columns, column => HtmlContent.Of($"<th scope=\"col\">{translations[$"policy.table.{column}"]}</th>\n"))}</tr>
        </thead>
        <tbody>
        {HtmlContent.Each(group.Entries, entry => Row(entry, group, notice, translations, language))}</tbody>
        </table>
        </div>
        {AudienceTerms.Render(group, notice, translations, language).If(group.Basis == GroupBasis.Audience)}
        """);

    private static string Heading(TableGroup group, Translations translations) =>
        group.Basis == GroupBasis.Necessary ? translations["policy.table.necessary"] : group.Title;

    private static HtmlContent Row(CookieEntry entry, TableGroup group, SiteNotice notice, Translations translations, string language) => HtmlContent.Of($"""
        <tr>
        <td>{entry.Provider}</td>
        <td>{Function(entry, translations, language)}</td>
        <th scope="row">{PageShell.Names(entry.Names, translations)}{Kind(entry, translations)}</th>
        <td>{entry.Purpose.In(language)}{Sale(entry, notice, translations)}</td>
        <td>{translations.DurationOf(entry)}</td>
        <td>{group.Title}</td>
        <td>{translations.Of(entry.Party)}</td>
        <td>{Basis(entry, translations)}</td>
        </tr>

        """);

    private static string Function(CookieEntry entry, Translations translations, string language)
    {
        var location = entry.Location.In(language);
        var function = entry.Function.In(language);
        return location.Length == 0 ? function : translations.Format("policy.table.functionAt", function, location);
    }

    private static HtmlContent Kind(CookieEntry entry, Translations translations) =>
        HtmlContent.Of($" <span class=\"kind\">{translations.Of(entry.Kind)}</span>").If(entry.Kind != EntryKind.Cookie);

    private static HtmlContent Sale(CookieEntry entry, SiteNotice notice, Translations translations) => HtmlContent.Of(
        $"<br>{translations[new PolicyFacts(notice).HoldsBack(entry) ? "policy.table.sale" : "policy.table.saleAlways"]}").If(entry.SaleOrShare);

    private static string Basis(CookieEntry entry, Translations translations) =>
        entry.Exemption is { } exemption
            ? translations.Format("policy.basis.exempt", translations.Of(exemption.Reason))
            : translations["policy.basis.consent"];
}
