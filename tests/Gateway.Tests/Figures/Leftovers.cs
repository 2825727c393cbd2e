using Gateway.Tests.Support;

namespace Gateway.Tests.Figures;

/// <summary>The cookies and storage keys of trackers that a browser still has after a refusal and after a withdrawal.</summary>
internal static class Leftovers
{
    /// <summary>Everything that a page sets for a visitor who accepted, except what is not in the cookie table.</summary>
    public const string Everything = "t_deep* t_http t_httponly* t_parent t_path t_script t_script_parent t_local t_session";

    private const string Keys = "[...Object.keys(localStorage), ...Object.keys(sessionStorage)].sort().join(' ')";

    /// <summary>What the browser has after a refusal and after one more page.</summary>
    public static async Task<string> AfterRefusalAsync(ITab tab, MeasuredSite site)
    {
        await VisitAsync(tab, site);
        await tab.ChooseAsync(accepts: false);
        var atOnce = await StoredAsync(tab);
        await VisitAsync(tab, site);
        return $"{atOnce} {await StoredAsync(tab)}".Trim();
    }

    /// <summary>What the browser has after accepting, and what is left after withdrawing, before and after one more page.</summary>
    public static async Task<(string Accepted, string Left)> AfterWithdrawalAsync(ITab tab, MeasuredSite site)
    {
        await VisitAsync(tab, site);
        await tab.ChooseAsync(accepts: true);
        await VisitAsync(tab, site);
        var accepted = await StoredAsync(tab);
        await tab.ChooseAsync(accepts: false);
        var atOnce = await StoredAsync(tab);
        await VisitAsync(tab, site);
        return (accepted, $"{atOnce} {await StoredAsync(tab)}".Trim());
    }

    private static async Task VisitAsync(ITab tab, MeasuredSite site)
    {
        await tab.GotoAsync(site.Page(path: "/app/page", host: MeasuredTables.TrackedHost));
        await tab.UntilAsync($"{Stage.Root}.querySelector('.bar, .pin')");
    }

    // Without the consent cookie.
    private static async Task<string> StoredAsync(ITab tab)
    {
        var cookies = (await tab.JarAsync()).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(name => name != "cookies_preferences");
        return $"{string.Join(' ', cookies)} {await tab.EvaluateAsync<string>(Keys)}".Trim();
    }
}
