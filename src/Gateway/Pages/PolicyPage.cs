using System.Security.Cryptography;
using System.Text;
using Gateway.Texts;

namespace Gateway.Pages;

/// <summary>
/// The cookie policy, made from the table: the explanations, words and columns of the policy that Opendatasoft's portals
/// publish, then what the law wants besides (CJEU C-673/17: duration and access; GDPR 13: controller and rights).
/// </summary>
internal static class PolicyPage
{
    /// <summary>The page at <c>{prefix}/policy</c> in one of the site's languages; needs no script and no inline style.</summary>
    public static string Render(SiteNotice notice, string language)
    {
        var phrases = notice.In(language);
        var version = phrases.Format("policy.version", Version(notice), phrases.Of(new PolicyFacts(notice).Date));
        return PageShell.Render(notice, language, phrases["policy.title"], $"{notice.Prefix}/policy?", Markup.Of($"""
            <p class="version">{version}</p>
            {Body(notice, language)}
            """));
    }

    /// <summary>The same as data, with texts in those of the site's languages that are wanted; <see cref="PolicyJson"/> tells its shape.</summary>
    public static byte[] Json(SiteNotice notice, IReadOnlyList<string> languages) => PolicyJson.Write(notice, languages, Version(notice));

    /// <summary>Fingerprint of all that the policy shows, in all languages of the site: 12 hex digits.</summary>
    public static string Version(SiteNotice notice)
    {
        var shown = string.Concat(notice.Languages.Select(language => Body(notice, language).Html));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(shown)).AsSpan(0, 6));
    }

    private static Markup Body(SiteNotice notice, string language)
    {
        var phrases = notice.In(language);
        var facts = new PolicyFacts(notice);
        return Markup.Of($"<p class=\"note\">{phrases["policy.observes"]}</p>\n").If(notice.Observes)
            + PolicyExplanations.Intro(notice, facts, phrases, language)
            + (PolicyExplanations.Explanations(facts, phrases) + PolicyTables.Render(notice, language)
                + PolicyProviders.Render(notice, facts, language)).If(facts.Any)
            + PolicyRights.Choice(notice, facts, language)
            + PolicyRights.Controller(notice, facts, phrases);
    }
}
