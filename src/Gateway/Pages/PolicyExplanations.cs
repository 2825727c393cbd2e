using Gateway.Texts;

namespace Gateway.Pages;

/// <summary>The introduction of the policy and its explanations, as far as they apply to the table.</summary>
internal static class PolicyExplanations
{
    public static HtmlContent Intro(SiteNotice notice, PolicyFacts facts, Translations translations, string language)
    {
        var titles = TableGroup.Of(notice, language).Where(group => group.Basis == GroupBasis.Consent).Select(group => group.Title);
        var intro = (facts.Necessary, facts.Analytics) switch
        {
            (true, true) => "both",
            (true, false) => "functions",
            (false, true) => "analytics",
            _ => null,
        };
        return (intro is null ? HtmlContent.Empty : Paragraph(translations, $"policy.intro.{intro}"))
            + Paragraph(translations, "policy.intro.none").If(!facts.Any && facts.HoldsAllBack)
            + HtmlContent.Of($"<p>{translations.Format("policy.intro.consent", string.Join(translations.Comma, titles))}</p>\n").If(facts.Asked)
            + Limits(notice, translations);
    }

    /// <summary>What is not held back, whatever the visitor chooses.</summary>
    public static HtmlContent Limits(SiteNotice notice, Translations translations) =>
        Note(translations["policy.limit.hosts"]).If(notice.LoadsThirdParties)
        + Note(translations.Format("policy.limit.pages", PageShell.Names(notice.Excluded, translations))).If(notice.Excluded.Count > 0);

    private static HtmlContent Note(string text) => Note(HtmlContent.Text(text));

    private static HtmlContent Note(HtmlContent text) => HtmlContent.Of($"<p class=\"note\">{text}</p>\n");


    public static HtmlContent Explanations(PolicyFacts facts, Translations translations) => HtmlContent.Of($"""
        <h2>{translations["policy.what.title"]}</h2>
        <p>{translations["policy.what.cookie"]} {translations[facts.Analytics || facts.Asked ? "policy.what.usesAll" : "policy.what.uses"]}</p>
        {Paragraph(translations, "policy.what.storage").If(facts.Storage)}{Paragraph(translations, "policy.what.database").If(facts.Databases)}{Paragraph(translations, "policy.what.host").If(facts.Hosts)}
        """) + Types(facts, translations);

    private static HtmlContent Types(PolicyFacts facts, Translations translations)
    {
        var keys = TypeKeys(facts).ToList();
        return HtmlContent.Of($"""
            <p>{translations["policy.types.intro"]}</p>
            <ul>
            {HtmlContent.Each(keys, key => HtmlContent.Of($"<li>{translations[key]}</li>\n"))}</ul>

            """).If(keys.Count > 0);
    }

    // The order of the reference policy: necessary, statistical, internal, third-party.
    private static IEnumerable<string> TypeKeys(PolicyFacts facts)
    {
        if (facts.Necessary)
            yield return "policy.types.necessary";
        if (facts.Analytics)
            yield return facts.Audience ? facts.Statistics ? "policy.types.mixed" : "policy.types.audience" : "policy.types.statistics";
        if (facts.First)
            yield return facts.FirstAsked ? "policy.types.firstMore" : "policy.types.first";
        if (facts.Third)
            yield return "policy.types.third";
    }

    private static HtmlContent Paragraph(Translations translations, string key) => HtmlContent.Of($"<p>{translations[key]}</p>\n");
}
