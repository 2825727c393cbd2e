using System.Text;
using Gateway.Texts;

namespace Gateway.Pages;

/// <summary>The statement that the site respects Global Privacy Control (GPC specification, "GPC Support Resource").</summary>
internal static class GpcStatement
{
    /// <summary>The well-known path of the statement.</summary>
    public const string Path = "/.well-known/gpc.json";

    /// <summary>The statement as UTF-8 JSON; null if the site makes none, is not enforced, or cannot hold back all that is sold or shared.</summary>
    public static byte[]? Of(SiteNotice notice)
    {
        var facts = new PolicyFacts(notice);
        return notice.IsEnforced && !facts.SellsAnyway && (facts.Sale || notice.Signals.GlobalPrivacyControl)
            ? Encoding.UTF8.GetBytes($$"""{"gpc":true,"lastUpdate":"{{facts.Date:O}}"}""")
            : null;
    }
}
