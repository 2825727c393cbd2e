using Gateway.Texts;

namespace Gateway.Pages;

/// <summary>The policy's opening and its explanations, as far as the table bears them out.</summary>
internal static class PolicyExplanations
{
    public static Markup Intro(SiteNotice notice, PolicyFacts facts, Translations phrases, string language)
    {
        var titles = TableGroup.Of(notice, language).Where(group => group.Basis == GroupBasis.Consent).Select(group => group.Title);
        var intro = (facts.Necessary, facts.Analytics) switch
        {
            (true, true) => "both",
            (true, false) => "functions",
            (false, true) => "analytics",
            _ => facts.Any ? null : "none",
        };
        return Markup.Of($"<p>{phrases[$"policy.intro.{intro ?? "none"}"]}</p>\n").If(intro is not null)
            + Markup.Of($"<p>{phrases.Format("policy.intro.consent", string.Join(phrases.Comma, titles))}</p>\n").If(facts.Asked);
    }

    public static Markup Explanations(PolicyFacts facts, Translations phrases) => Markup.Of($"""
        <h2>{phrases["policy.what.title"]}</h2>
        <p>{phrases["policy.what.cookie"]} {phrases[facts.Analytics || facts.Asked ? "policy.what.usesAll" : "policy.what.uses"]}</p>
        {Paragraph(phrases, "policy.what.storage").If(facts.Storage)}{Paragraph(phrases, "policy.what.host").If(facts.Hosts)}
        """) + Types(facts, phrases);

    private static Markup Types(PolicyFacts facts, Translations phrases)
    {
        var keys = TypeKeys(facts).ToList();
        return Markup.Of($"""
            <p>{phrases["policy.types.intro"]}</p>
            <ul>
            {Markup.Each(keys, key => Markup.Of($"<li>{phrases[key]}</li>\n"))}</ul>

            """).If(keys.Count > 0);
    }

    // In the order of the reference policy: necessary, statistical, internal, third-party.
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

    private static Markup Paragraph(Translations phrases, string key) => Markup.Of($"<p>{phrases[key]}</p>\n");
}
