using Gateway.Config;
using Gateway.Sites;

namespace Gateway.Commands;

/// <summary>The summary that <c>run</c> prints after startup: the configuration, the sites and the addresses.</summary>
internal static class StartupSummary
{
    public static void Print(TextWriter to, string path, GatewayConfig config, IReadOnlyList<string> addresses, DateOnly today)
    {
        to.WriteLine($"Consent gateway {Usage.Version}");
        Line(to, "Config", Path.GetFullPath(path));
        foreach (var site in config.Sites)
        {
            Line(to, "Site", $"{site.Id}: {string.Join(", ", site.Hosts)}");
            foreach (var backend in Backend.Of(site))
                Line(to, "  backend", $"{string.Join(", ", backend.Config.Addresses)}{(backend.Config.Path == "/" ? "" : $" below {backend.Config.Path}")}");
            Line(to, "  table", Cookies(site));
            Line(to, "  mode", Mode(site, today));
        }

        foreach (var address in addresses.SkipLast(1))
            Line(to, "Listening", address);
        Line(to, "Operator", $"{addresses[^1]} (health)");
    }

    private static void Line(TextWriter to, string label, string value) => to.WriteLine($"  {label,-10} {value}");

    private static string Cookies(SiteConfig site) =>
        ConfigCounts.Of(site).Table + (site.Cookies.Any(entry => entry.NeedsConsent) ? "" : "; all exempt, nothing is asked");

    private static string Mode(SiteConfig site, DateOnly today) => site.ModeOn(today) switch
    {
        SiteMode.Observe => $"observe until {site.ObserveUntil:yyyy-MM-dd}: nothing is removed or asked; cookies that are not in the table are logged",
        SiteMode.Off => $"off until {site.ObserveUntil:yyyy-MM-dd}: everything is forwarded unchanged",
        _ => "enforce: cookies that are not in the table are refused and logged",
    };
}
