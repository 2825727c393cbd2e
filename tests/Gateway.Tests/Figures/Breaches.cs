using Gateway.Tests.Support;

namespace Gateway.Tests.Figures;

/// <summary>What a strict policy that requires Trusted Types has to say about all that the script does.</summary>
internal static class Breaches
{
    // Firefox asks for an icon by itself, whatever the policy.
    private const string Listen = """
        () => {
            window.breaches = [];
            addEventListener("securitypolicyviolation", event => event.blockedURI.endsWith("/favicon.ico")
                || window.breaches.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
        }
        """;

    /// <summary>Violations while the banner asks, the dialog is opened, a choice refused, the dialog opened anew, and all accepted.</summary>
    public static async Task<IReadOnlyList<string>> UnderStrictPolicyAsync(ITab tab, MeasuredSite site)
    {
        const string Heard = "window.breaches";
        await tab.AtStartAsync(Listen);
        await tab.ShowAsync(site, "dialog", query: "csp");
        await tab.ChooseAsync(accepts: false);
        var breaches = await tab.EvaluateAsync<string[]>(Heard);
        await tab.ReloadAsync();
        await tab.UntilAsync($"{Stage.Root}.querySelector('.pin')");
        await tab.ChooseAsync(accepts: true);
        return [.. breaches, .. await tab.EvaluateAsync<string[]>(Heard)];
    }
}
