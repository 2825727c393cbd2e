using System.Runtime.CompilerServices;
using Gateway.Tests.Figures;
using Gateway.Tests.Support;

namespace Gateway.Benchmarks.InBrowser;

/// <summary>Takes the screenshots in tests/Gateway.Tests/Browser/screens. People look at them; a test checks that none is missing.</summary>
internal static class Screens
{
    private static readonly string[] Languages = ["en", "fr", "ar"];
    private static readonly (string Name, int Width, int Height)[] Sizes = [("narrow", 360, 640), ("wide", 1280, 720)];

    public static async Task<int> RunAsync([CallerFilePath] string here = "")
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(here)!, "../Gateway.Tests/Browser/screens")).FullName;
        await using var site = await MeasuredSite.StartAsync(MeasuredTables.Full(Languages));
        using var driver = await Chromium.DriverAsync();
        await using var chromium = await Chromium.LaunchAsync(driver, Chromium.FindWhole() ?? throw new InvalidOperationException(Chromium.Absent));
        await using var context = await chromium.NewContextAsync();
        await context.AddInitScriptAsync($"({OpenShadowRoots.Script})()");
        var tab = new ChromiumTab(await context.NewPageAsync());
        foreach (var (size, width, height) in Sizes)
        {
            await tab.ResizeAsync(width, height);
            foreach (var scheme in new[] { "light", "dark" })
            {
                await tab.EmulateAsync(scheme == "dark", isForced: false);
                foreach (var view in Stage.Views.Where(view => view != "saved"))
                {
                    foreach (var language in Languages)
                    {
                        await tab.ShowAsync(site, view, language, language == "ar" ? "dir=rtl" : "");
                        var picture = SmallPng.Reduce(await tab.Page.ScreenshotAsync());
                        await File.WriteAllBytesAsync($"{folder}/{view}-{scheme}-{size}-{language}.png", picture);
                    }
                }
            }
        }

        return 0;
    }
}
