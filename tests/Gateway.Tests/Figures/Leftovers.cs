using Gateway.Tests.Support;

namespace Gateway.Tests.Figures;

/// <summary>What trackers of every kind leave in a browser after a refusal and after a withdrawal.</summary>
internal static class Leftovers
{
    /// <summary>All that a page sets for a visitor who accepted, save what the table does not list.</summary>
    public const string Everything = "t_deep* t_http t_httponly* t_parent t_path t_script t_script_parent t_local t_session";

    private const string Keys = "[...Object.keys(localStorage), ...Object.keys(sessionStorage)].sort().join(' ')";

    /// <summary>What is left after a refusal and a further page.</summary>
    public static async Task<string> AfterRefusalAsync(ITab tab, MeasuredSite site)
    {
        await VisitAsync(tab, site);
        await tab.ChooseAsync(accepts: false);
        var atOnce = await StoredAsync(tab);
        await VisitAsync(tab, site);
        return $"{atOnce} {await StoredAsync(tab)}".Trim();
    }

    /// <summary>What there was after accepting, and what is left of it when that is withdrawn, before and after a further page.</summary>
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

    // Save the choice itself.
    private static async Task<string> StoredAsync(ITab tab)
    {
        var cookies = (await tab.JarAsync()).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(name => name != "cookies_preferences");
        return $"{string.Join(' ', cookies)} {await tab.EvaluateAsync<string>(Keys)}".Trim();
    }
}
