using System.Text;
using Gateway.Texts;

namespace Gateway.Pages;

/// <summary>The site's word that it respects Global Privacy Control (GPC specification, "GPC Support Resource").</summary>
internal static class GpcStatement
{
    /// <summary>Where browsers and authorities look for it.</summary>
    public const string Path = "/.well-known/gpc.json";

    /// <summary>UTF-8 JSON; null where the site gives no such word: while nothing is enforced it would be none.</summary>
    public static byte[]? Of(SiteNotice notice)
    {
        var facts = new PolicyFacts(notice);
        return !notice.Observes && (facts.Sale || notice.Signals.GlobalPrivacyControl)
            ? Encoding.UTF8.GetBytes($$"""{"gpc":true,"lastUpdate":"{{facts.Date:O}}"}""")
            : null;
    }
}
