using Gateway.Tests.Support;

namespace Gateway.Tests.Figures;

/// <summary>The violations that the script causes under a strict Content-Security-Policy that requires Trusted Types.</summary>
internal static class Breaches
{
    // Firefox requests the favicon by itself, regardless of the policy.
    private const string Listen = """
        () => {
            window.breaches = [];
            addEventListener("securitypolicyviolation", event => event.blockedURI.endsWith("/favicon.ico")
                || window.breaches.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
        }
        """;

    /// <summary>Violations while the banner is shown, the dialog opens, the visitor refuses, the dialog opens again, and the visitor accepts.</summary>
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
