using Gateway.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Gateway.Tests.Csp;

/// <summary>Pages with a Content-Security-Policy in Chromium, after the gateway has inserted its script element.</summary>
public class PolicyInBrowserTests(Browser browser)
{
    private const string HasRun = "() => !!window[Symbol.for('gateway')]";

    /// <summary>Policies, and whether the gateway's script can run under each of them.</summary>
    private static readonly (string Policy, bool OursRuns)[] Policies =
    [
        ("script-src 'unsafe-inline'", true),
        ("script-src 'self' 'unsafe-inline'", true),
        ("script-src 'nonce-n'", true),
        ("script-src 'nonce-n' 'strict-dynamic'", true),
        ("script-src 'nonce-n' 'unsafe-inline'", true),
        ("script-src 'strict-dynamic' 'sha256-AAAA='", false),
        ("script-src 'strict-dynamic'", false),
        ("script-src 'none'", true),
        ("script-src", true),
        ("default-src 'none'", true),
        ("default-src 'none'; script-src-elem 'unsafe-inline'", true),
        ("default-src 'self'; script-src 'unsafe-inline'; script-src-elem 'none'", true),
        ("default-src 'unsafe-inline'; connect-src 'none'", true),
        ("script-src https:", true),
        ("script-src http:", true),
        ("script-src localhost:*", true),
        ("script-src *.localhost", true),
        ("script-src http://localhost:1/", true),
        ("script-src http://localhost:*/_choices", true),
        ("script-src http://localhost:*/_choices/", true),
        ("script-src data: blob:", true),
        ("script-src 'sha256-AAAA='", true),
        ("script-src 'none', script-src 'unsafe-inline'", true),
        ("script-src 'nonce-n', script-src 'unsafe-inline'", true),
        ("script-src 'nonce-a', script-src 'nonce-b'", true),
        ("script-src 'nonce-a' 'strict-dynamic', script-src 'nonce-b' 'strict-dynamic'", false),
        ("img-src 'none'", true),
        ("sandbox allow-scripts allow-same-origin; script-src 'none'", true),
        ("require-trusted-types-for 'script'; trusted-types 'none'; script-src 'self'", true),
        ("SCRIPT-SRC 'NONE'; script-src *", true),
        ("script-src 'report-sample' 'none'", true),
        (";;script-src 'none';;", true),
        ("sandbox", false),
        ("sandbox allow-forms allow-same-origin; script-src 'none'", false),

        // This page has an opaque origin: no cookies, no storage and no choice. The script may only be loaded by its own origin.
        ("sandbox allow-scripts", false),
    ];

    [Fact, Row("G1", "G2", "G3", "G4", "G5", "G6", "G8"), Requirement(61)]
    public async Task The_script_runs_and_imports_its_texts_and_the_scripts_of_the_page_run_as_before()
    {
        await using var gateway = await StartAsync();
        await browser.RunAsync(async page =>
        {
            foreach (var (policy, oursRuns) in Policies)
            {
                var query = $"?lang=de&csp={Uri.EscapeDataString(policy)}";
                await page.GotoAsync($"http://localhost:{gateway.Url.Port}/bare{query}");
                var before = await page.EvaluateAsync<string>("document.title");
                await page.GotoAsync($"http://localhost:{gateway.Url.Port}/{query}");
                Assert.Equal((policy, oursRuns), (policy, await page.EvaluateAsync<bool>(HasRun)));
                Assert.Equal((policy, before), (policy, await page.EvaluateAsync<string>("document.title")));
                if (oursRuns)
                    Assert.Equal((policy, "de"), (policy, await page.Locator("site-gateway .all").GetAttributeAsync("lang")));
            }
        });
    }

    [Fact, Row("G9")]
    public async Task The_script_violates_no_policy_that_requires_trusted_types()
    {
        await using var gateway = await StartAsync();
        await browser.RunAsync(async page =>
        {
            const string Policy = "default-src 'none'; script-src 'self' 'nonce-n'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
            await page.AddInitScriptAsync("window.broken = []; addEventListener('securitypolicyviolation', event => window.broken.push(event.violatedDirective + ' ' + event.blockedURI));");
            await page.GotoAsync($"http://localhost:{gateway.Url.Port}/?lang=en&csp={Uri.EscapeDataString(Policy)}");
            await Assertions.Expect(page.Banner()).ToBeVisibleAsync();
            Assert.Empty(await page.EvaluateAsync<string[]>("window.broken.filter(one => !one.includes('inline'))"));
        });
    }

    // The title of the page lists which of its own scripts ran. As /bare it has no-transform, so the gateway does not insert its script.
    private static Task<TestGateway> StartAsync() => TestGateway.StartAsync(
        context =>
        {
            var headers = context.Response.Headers;
            if (context.Request.Path == "/own.js")
            {
                context.Response.ContentType = "text/javascript";
                return context.Response.WriteAsync("document.title += ' own'");
            }

            headers.ContentSecurityPolicy = context.Request.Query["csp"].ToString();
            headers.ContentType = "text/html; charset=utf-8";
            if (context.Request.Path == "/bare")
                headers.CacheControl = "no-transform";
            return context.Response.WriteAsync(
                $"<!doctype html><html lang={context.Request.Query["lang"]}><head><title>ran:</title><script>document.title += ' inline'</script>"
                + "<script nonce=n>document.title += ' nonce'</script><script src=/own.js></script></head><body onload=\"document.title += ' handler'\">x</body></html>");
        },
        TestSites.InThreeLanguages);
}
