using System.Text.Json;
using Gateway.Cookies;
using Gateway.Csp;
using Gateway.Sites;

namespace Gateway.Config.Rules;

/// <summary>Rules for the blocking of third-party hosts.</summary>
internal static class ThirdPartyRules
{
    public static void Check(SiteConfig site, Diagnostics diagnostics)
    {
        CheckMode(site, diagnostics.At("thirdParties"));
        for (var i = 0; i < site.OwnHosts.Count; i++)
            CheckOwnHost(site.OwnHosts[i], site, diagnostics.At("ownHosts", i));

        var length = new ThirdParties(site, SiteMode.Enforce).LongestPolicy;
        if (length > ThirdPartyPolicy.LongestPolicy)
        {
            diagnostics.At("cookies").Error("host", null,
                $"lists so many hosts that the header of a page has {length} characters; the limit is {ThirdPartyPolicy.LongestPolicy}.",
                Joinable(site) is { } joinable ? $"Replace {joinable}, or remove hosts." : "Remove hosts, or use a wildcard such as \"*.example.com\".");
        }
    }

    private static void CheckMode(SiteConfig site, Diagnostics diagnostics)
    {
        var hosts = site.Cookies.Where(entry => entry.Kind == EntryKind.Host).Sum(entry => entry.Names.Count);
        if (site.ThirdParties == ThirdPartyMode.Enforce || (hosts == 0 && site.ThirdParties == ThirdPartyMode.Off))
            return;

        var value = JsonNamingPolicy.CamelCase.ConvertName(site.ThirdParties.ToString());
        diagnostics.Warn("W4", value, hosts == 0
                ? "blocks no third-party host."
                : $"blocks no third-party host: pages load content from the hosts of the table ({hosts}) without consent.",
            "Use \"enforce\" as soon as the table lists all hosts that the pages need.");
    }

    private static void CheckOwnHost(string name, SiteConfig site, Diagnostics diagnostics)
    {
        if (!HostSource.TryParse(name, out var own))
        {
            diagnostics.Error("site", name, "is not a valid host: use a host name in lower case, with \"*.\" in front for all its subdomains.",
                "Use a host such as \"static.example.org\".");
            return;
        }

        var listed = site.Cookies.Where(entry => entry.Kind == EntryKind.Host).SelectMany(entry => entry.Names)
            .FirstOrDefault(host => HostSource.TryParse(host, out var source) && HostSource.Overlap(own, source));
        if (listed is not null)
        {
            diagnostics.Error("host", name, $"is never blocked, but the table lists \"{listed}\", which it includes.",
                "List the own hosts one by one, or remove the host from the table.");
        }
    }

    /// <summary>The hosts below one domain in one category that a wildcard can replace; null if there are none.</summary>
    private static string? Joinable(SiteConfig site) => site.Cookies.Where(entry => entry.Kind == EntryKind.Host)
        .SelectMany(entry => entry.Names.Select(name => (entry.Category, Name: name, Domain: DomainOf(name))))
        .Where(host => host.Domain is not null)
        .GroupBy(host => (host.Category, host.Domain))
        .Where(group => group.Count() > 1)
        .OrderByDescending(group => group.Sum(host => host.Name.Length))
        .Select(group => $"the {group.Count()} hosts below \"{group.Key.Domain}\" (category \"{group.Key.Category}\") with \"*.{group.Key.Domain}\"")
        .FirstOrDefault();

    private static string? DomainOf(string name) =>
        HostSource.TryParse(name, out var source) && source.Host.Split('.') is [_, _, _, ..] labels ? string.Join('.', labels[1..]) : null;
}
