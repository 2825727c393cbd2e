using System.Text.Json;
using Microsoft.Playwright;

namespace Gateway.Tests.Support;

/// <summary>A page that Playwright drives.</summary>
internal sealed class ChromiumTab(IPage page) : ITab
{
    public IPage Page => page;

    public Task GotoAsync(string url) => Tabs.NavigateAsync(() => page.GotoAsync(url));

    public Task ReloadAsync() => page.ReloadAsync();

    public async Task<T> EvaluateAsync<T>(string expression) =>
        JsonSerializer.Deserialize<T>(await page.EvaluateAsync<string>($"async () => JSON.stringify(await ({expression})) ?? 'null'"), JsonSerializerOptions.Web)!;

    public Task AtStartAsync(string function) => page.AddInitScriptAsync($"({function})()");

    public Task EmulateAsync(bool isDark, bool isForced) => page.EmulateMediaAsync(new()
    {
        ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
        ForcedColors = isForced ? ForcedColors.Active : ForcedColors.None,
    });

    public Task ResizeAsync(int width, int height) => page.SetViewportSizeAsync(width, height);

    public async Task PressAsync(params string[] keys)
    {
        foreach (var key in keys)
            await page.Keyboard.PressAsync(key);
    }

    public Task ForgetAsync() => page.Context.ClearCookiesAsync();

    public async Task<IReadOnlyDictionary<string, StoredCookie>> CookiesAsync() => (await page.Context.CookiesAsync()).ToDictionary(
        cookie => cookie.Name,
        cookie => new StoredCookie(cookie.Value, cookie.Expires < 0 ? null : DateTimeOffset.FromUnixTimeSeconds((long)cookie.Expires)));

    public async Task<string> JarAsync() => string.Join(
        ' ', (await page.Context.CookiesAsync()).Select(cookie => cookie.HttpOnly ? $"{cookie.Name}*" : cookie.Name).Order(StringComparer.Ordinal));
}
