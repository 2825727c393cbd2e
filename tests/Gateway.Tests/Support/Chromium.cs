using Microsoft.Playwright;

namespace Gateway.Tests.Support;

/// <summary>The installed Chromium. Nothing is downloaded.</summary>
internal static class Chromium
{
    public const string Absent = "No Chromium: install Debian's \"chromium\", or name one in GATEWAY_CHROMIUM.";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

    // It has no user interface, which costs a whole browser a second of CPU time for each page.
    private static readonly string[] ShellNames = ["chromium-headless-shell", "chrome-headless-shell"];

    /// <summary>The headless shell if it is installed, otherwise a whole browser.</summary>
    /// <returns>Its path; null if neither is installed.</returns>
    public static string? Find() => Named() ?? Installed(ShellNames) ?? Installed(Names);

    /// <summary>A whole browser: the headless shell has no back/forward cache.</summary>
    /// <returns>Its path; null if it is not installed.</returns>
    public static string? FindWhole() => Named() ?? Installed(Names);

    private static string? Named() => Environment.GetEnvironmentVariable("GATEWAY_CHROMIUM") is { Length: > 0 } named ? named : null;

    private static string? Installed(string[] names)
    {
        string[] folders = ["/usr/bin", .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)];
        return names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
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
