using Gateway.Cookies;
using Gateway.Texts;

namespace Gateway.Pages;

/// <summary>Everybody who keeps or reads what the table lists: counted, each with its privacy policy and its transfers.</summary>
internal static class PolicyProviders
{
    /// <summary>Fragment id of the list; the banner links to it.</summary>
    public const string Anchor = "providers";

    public static Markup Render(SiteNotice notice, PolicyFacts facts, string language)
    {
        var phrases = notice.In(language);
        var titles = TableGroup.Of(notice, language)
            .SelectMany(group => group.Entries.Select(entry => (entry.Provider, group.Title)))
            .Distinct()
            .ToLookup(pair => pair.Provider, pair => pair.Title, StringComparer.Ordinal);
        var count = phrases.Count("policy.providers", facts.Providers.Count);
        var asked = facts.Asked ? " " + phrases.Count("policy.providers.asked", facts.AskedProviders) : "";
        return Markup.Of($"""
            <h2 id="{Anchor}">{phrases["policy.providers.title"]}</h2>
            <p>{count}{asked}</p>
            <ul>
            {Markup.Each(facts.Providers, provider => Item(provider, titles[provider.Key], phrases, language))}</ul>

            """);
    }

    private static Markup Item(IGrouping<string, CookieEntry> provider, IEnumerable<string> titles, Translations phrases, string language)
    {
        var links = provider.Select(entry => entry.PrivacyPolicy).OfType<string>().Distinct(StringComparer.Ordinal)
            .Where(url => url.StartsWith("https://", StringComparison.OrdinalIgnoreCase));
        var transfers = provider
            .Where(entry => phrases.Abroad(entry.Country) is not null)
            .Select(entry => phrases.Format("policy.providers.transfer", phrases.Abroad(entry.Country)!, entry.TransferBasis.In(language)))
            .Distinct(StringComparer.Ordinal);
        return Markup.Of($"<li><strong>{provider.Key}</strong> ({string.Join(phrases.Comma, titles)})")
            + Markup.Each(links, url => Markup.Of(
                $"<br><a href=\"{url}\" rel=\"noreferrer\">{phrases.Format("policy.providers.policy", provider.Key)}</a>"))
            + Markup.Each(transfers, transfer => Markup.Of($"<br>{transfer}"))
            + new Markup("</li>\n");
    }
}
