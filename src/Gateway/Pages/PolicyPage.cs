using System.Security.Cryptography;
using System.Text;
using Gateway.Texts;

namespace Gateway.Pages;

/// <summary>
/// The cookie policy, generated from the table: the explanations, wording and columns of the policy of Opendatasoft portals, and the
/// information that the law requires in addition (CJEU C-673/17: duration and access; GDPR 13: controller and rights).
/// </summary>
internal static class PolicyPage
{
    /// <summary>The page at <c>{prefix}/policy</c> in a language of the site, without scripts and inline styles.</summary>
    public static string Render(SiteNotice notice, string language)
    {
        var translations = notice.In(language);
        var version = translations.Format("policy.version", Version(notice), translations.Of(new PolicyFacts(notice).Date));
        return PageShell.Render(notice, language, translations["policy.title"], $"{notice.Prefix}/policy?", HtmlContent.Of($"""
            <p class="version">{version}</p>
            {Body(notice, language)}
            """));
    }

    /// <summary>The policy as JSON with texts in the given languages; see <see cref="PolicyJson"/>.</summary>
    public static byte[] Json(SiteNotice notice, IReadOnlyList<string> languages) => PolicyJson.Write(notice, languages, Version(notice));

    /// <summary>A fingerprint of the policy in all languages of the site: 12 hexadecimal digits.</summary>
    public static string Version(SiteNotice notice)
    {
        var shown = string.Concat(notice.Languages.Select(language => Body(notice, language).Html));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(shown)).AsSpan(0, 6));
    }

    private static HtmlContent Body(SiteNotice notice, string language)
    {
        var translations = notice.In(language);
        var facts = new PolicyFacts(notice);
        return PolicyExplanations.Intro(notice, facts, translations, language)
            + (PolicyExplanations.Explanations(facts, translations) + PolicyTables.Render(notice, language)
                + PolicyProviders.Render(notice, facts, language)).If(facts.Any)
            + PolicyRights.Choice(notice, facts, language)
            + PolicyRights.Controller(notice, facts, translations);
    }
}
