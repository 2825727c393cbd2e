using Microsoft.Playwright;

namespace Gateway.Tests.Support;

/// <summary>The installed Chromium. Nothing is downloaded.</summary>
internal static class Chromium
{
    public const string Absent = "No Chromium: install Debian's \"chromium\", or name one in GATEWAY_CHROMIUM.";

    // The headless shell first: it has no user interface, which costs the others a second of CPU time for each page.
    private static readonly string[] Names =
        ["chromium-headless-shell", "chrome-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

    /// <returns>Its path; null if it is not installed.</returns>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("GATEWAY_CHROMIUM") is { Length: > 0 } named)
            return named;

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Prepend("/usr/bin");
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    /// <summary>The driver of Playwright, without a browser.</summary>
    public static Task<IPlaywright> DriverAsync()
    {
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        return Playwright.CreateAsync();
    }

    // Names under .test resolve to this machine. Unlike localhost, they are not a secure context over http.
    public static Task<IBrowser> LaunchAsync(IPlaywright driver, string path) => driver.Chromium.LaunchAsync(new()
    {
        ExecutablePath = path,
        Args =
        [
            "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--host-resolver-rules=MAP *.test 127.0.0.1",
        ],
    });
}
