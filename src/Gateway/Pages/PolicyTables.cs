using Gateway.Cookies;
using Gateway.Texts;

namespace Gateway.Pages;

/// <summary>The cookie table as tables, one for each group: the reference policy's four columns, then the four the law adds.</summary>
internal static class PolicyTables
{
    private static readonly string[] Columns = ["provider", "function", "names", "purposes", "duration", "category", "party", "basis"];

    public static Markup Render(SiteNotice notice, string language)
    {
        var phrases = notice.In(language);
        var patterns = notice.Entries.Any(entry => entry.Names.Any(name => name.Contains('*')));
        return Markup.Of($"""
            <h2 id="list">{phrases.Format("policy.table.title", PageShell.SiteName(notice, phrases))}</h2>
            {Markup.Of($"<p>{phrases["policy.table.pattern"]}</p>\n").If(patterns)}
            """)
            + Markup.Each(TableGroup.Of(notice, language), group => Group(group, notice, phrases, language));
    }

    /// <summary>Fragment id of a group's heading.</summary>
    public static string Anchor(TableGroup group) => $"list-{group.Id}";

    // The box around the table can be scrolled on narrow screens, so the keyboard must reach it (RGAA 10.11).
    private static Markup Group(TableGroup group, SiteNotice notice, Translations phrases, string language) => Markup.Of($"""
        <h3 id="{Anchor(group)}">{Heading(group, phrases)}</h3>
        <div class="scroll" role="region" aria-labelledby="{Anchor(group)}" tabindex="0">
        <table>
        <caption>{group.Text}</caption>
        <thead>
        <tr>
        {Markup.Each(Columns, column => Markup.Of($"<th scope=\"col\">{phrases[$"policy.table.{column}"]}</th>\n"))}</tr>
        </thead>
        <tbody>
        {Markup.Each(group.Entries, entry => Row(entry, group, phrases, language))}</tbody>
        </table>
        </div>
        {AudienceTerms.Render(group, notice, phrases, language).If(group.Basis == GroupBasis.Audience)}
        """);

    private static string Heading(TableGroup group, Translations phrases) =>
        group.Basis == GroupBasis.Necessary ? phrases["policy.table.necessary"] : group.Title;

    private static Markup Row(CookieEntry entry, TableGroup group, Translations phrases, string language) => Markup.Of($"""
        <tr>
        <td>{entry.Provider}</td>
        <td>{Function(entry, phrases, language)}</td>
        <th scope="row">{Names(entry, phrases)}{Kind(entry, phrases)}</th>
        <td>{entry.Purpose.In(language)}{Sale(entry, phrases)}</td>
        <td>{phrases.DurationOf(entry)}</td>
        <td>{group.Title}</td>
        <td>{phrases.Of(entry.Party)}</td>
        <td>{Basis(entry, phrases)}</td>
        </tr>

        """);

    private static string Function(CookieEntry entry, Translations phrases, string language)
    {
        var location = entry.Location.In(language);
        var function = entry.Function.In(language);
        return location.Length == 0 ? function : phrases.Format("policy.table.functionAt", function, location);
    }

    public static Markup Names(CookieEntry entry, Translations phrases) =>
        Markup.Join(phrases.Comma, entry.Names.Select(name => Markup.Of($"<code>{name}</code>")));

    private static Markup Kind(CookieEntry entry, Translations phrases) =>
        Markup.Of($" <span class=\"kind\">{phrases.Of(entry.Kind)}</span>").If(entry.Kind != EntryKind.Cookie);

    private static Markup Sale(CookieEntry entry, Translations phrases) =>
        Markup.Of($"<br>{phrases["policy.table.sale"]}").If(entry.SaleOrShare);

    private static string Basis(CookieEntry entry, Translations phrases) =>
        entry.Exemption is { } exemption
            ? phrases.Format("policy.basis.exempt", phrases.Of(exemption.Reason))
            : phrases["policy.basis.consent"];
}
