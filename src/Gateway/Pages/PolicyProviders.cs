using Gateway.Cookies;
using Gateway.Texts;

namespace Gateway.Pages;

/// <summary>The providers of the table: their number, their privacy policies and their transfers.</summary>
internal static class PolicyProviders
{
    /// <summary>The fragment id of the list, to which the banner links.</summary>
    public const string Anchor = "providers";

    public static HtmlContent Render(SiteNotice notice, PolicyFacts facts, string language)
    {
        var translations = notice.In(language);
        var titles = TableGroup.Of(notice, language)
            .SelectMany(group => group.Entries.Select(entry => (entry.Provider, group.Title)))
            .Distinct()
            .ToLookup(pair => pair.Provider, pair => pair.Title, StringComparer.Ordinal);
        var count = translations.Count("policy.providers", facts.Providers.Count);
        var asked = facts.Asked ? " " + translations.Count("policy.providers.asked", facts.AskedProviders) : "";
        return HtmlContent.Of($"""
            <h2 id="{Anchor}">{translations["policy.providers.title"]}</h2>
            <p>{count}{asked}</p>
            <ul>
            {HtmlContent.Each(facts.Providers, provider => Item(provider, titles[provider.Key], translations, language))}</ul>

            """);
    }

    private static HtmlContent Item(IGrouping<string, CookieEntry> provider, IEnumerable<string> titles, Translations translations, string language)
    {
        var links = provider.Select(entry => entry.PrivacyPolicy).OfType<string>().Distinct(StringComparer.Ordinal)
            .Where(url => url.StartsWith("https://", StringComparison.OrdinalIgnoreCase));
        var transfers = provider
            .Where(entry => translations.Abroad(entry.Country) is not null)
            .Select(entry => translations.Format("policy.providers.transfer", translations.Abroad(entry.Country)!, entry.TransferBasis.In(language)))
            .Distinct(StringComparer.Ordinal);
        return HtmlContent.Of($"<li><strong>{provider.Key}</strong> ({string.Join(translations.Comma, titles)})")
            + HtmlContent.Each(links, url => HtmlContent.Of(
                $"<br><a href=\"{url}\" rel=\"noreferrer\">{translations.Format("policy.providers.policy", provider.Key)}</a>"))
            + HtmlContent.Each(transfers, transfer => HtmlContent.Of($"<br>{transfer}"))
            + new HtmlContent("</li>\n");
    }
}
