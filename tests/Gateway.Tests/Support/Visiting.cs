using Microsoft.Playwright;
using Xunit;

namespace Gateway.Tests.Support;

/// <summary>What a visitor sees of the gateway on a page and does there, and the cookies afterwards.</summary>
internal static class Visiting
{
    /// <summary>A browser that accepts the certificate of the tests.</summary>
    public static BrowserNewContextOptions AnyCertificate => new() { IgnoreHTTPSErrors = true };

    public static BrowserNewContextOptions WithoutScript => new() { IgnoreHTTPSErrors = true, JavaScriptEnabled = false };

    public static ILocator Banner(this IPage page, string title = "Cookies: your choice") =>
        page.GetByRole(AriaRole.Region, new() { Name = title });

    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>The control that reopens the choices.</summary>
    public static ILocator Control(this IPage page) => page.Button("Manage my cookies");

    public static ILocator Choices(this IPage page) => page.GetByRole(AriaRole.Dialog);

    /// <summary>The check box of a category in the dialog or on the settings page.</summary>
    public static ILocator Box(this IPage page, string category) => page.GetByRole(AriaRole.Checkbox, new() { Name = category });

    /// <summary>
    /// Clicks a button whose choice changes what the page may run, and waits for the reload. In a context that is not secure, the browser
    /// does not tell whether the page answered a form. Then this method clicks the reload button.
    /// </summary>
    public static async Task DecideAsync(this IPage page, ILocator button)
    {
        var isTold = await page.EvaluateAsync<bool>("isSecureContext");
        await page.LoadsAsync(async () =>
        {
            await button.ClickAsync();
            if (!isTold)
            {
                await page.GetByText("Your choices are saved. They apply in full from the next page.").WaitForAsync();
                await page.Button("Reload the page").ClickAsync();
            }
        });
    }

    /// <summary>Clicks a button whose choice changes nothing on this page, and waits until the choice is saved.</summary>
    public static async Task DecideInPlaceAsync(this IPage page, ILocator button)
    {
        await page.EvaluateAsync("window.isOld = true");
        await button.ClickAsync();
        await page.GetByText("Your choices are saved.").WaitForAsync();
        Assert.True(await page.EvaluateAsync<bool>("window.isOld"));
    }

    /// <summary>All cookies of the browser, in order. HttpOnly cookies have a star.</summary>
    public static async Task<string> JarAsync(this IPage page)
    {
        var cookies = await page.Context.CookiesAsync();
        return string.Join(' ', cookies.Select(cookie => cookie.HttpOnly ? $"{cookie.Name}*" : cookie.Name).Order(StringComparer.Ordinal));
    }

    public static async Task<string> KeysAsync(this IPage page) =>
        string.Join(' ', await page.EvaluateAsync<string[]>("[...Object.keys(localStorage), ...Object.keys(sessionStorage)].sort()"));

    /// <summary>The consent cookie's value; null if there is none.</summary>
    public static async Task<string?> ConsentAsync(this IPage page) =>
        (await page.Context.CookiesAsync()).SingleOrDefault(cookie => cookie.Name == "cookies_preferences")?.Value;
}
