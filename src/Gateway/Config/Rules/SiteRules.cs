using System.Text.Json;
using Gateway.Sites;

namespace Gateway.Config.Rules;

/// <summary>Rules for the hosts, the public URL, the paths and the mode of a site.</summary>
internal static class SiteRules
{
    /// <summary>The limit for the modes observe and off.</summary>
    private const int MaximumDays = 30;

    /// <summary>Words in the addresses that the common filter lists block or hide (EasyList, EasyPrivacy, EasyList Cookie).</summary>
    private static readonly string[] Hidden =
        ["cookie", "consent", "gdpr", "rgpd", "dsgvo", "privacy", "cmp", "banner", "popup", "notice", "track", "analytic", "stats", "pixel", "beacon", "advert", "/ads"];

    public static void Check(SiteConfig site, DateOnly today, Diagnostics diagnostics)
    {
        if (site.Hosts.Count > 1 && site.Hosts.Contains(HostNames.Any))
        {
            diagnostics.At("hosts").Error("site", HostNames.Any, "cannot be combined with other hosts, because it matches all of them.",
                "Remove the other hosts.");
        }

        CheckPublicUrl(site, diagnostics.At("publicUrl"));
        CheckPrefix(site.Prefix, diagnostics.At("prefix"));
        CheckPaths(site, diagnostics);
        CheckMode(site, today, diagnostics);
        CheckReview(site.Policy.Reviewed, today, diagnostics.At("policy").At("reviewed"));
    }

    private static void CheckPublicUrl(SiteConfig site, Diagnostics diagnostics)
    {
        if (site.PublicUrl is not { } url)
            return;

        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
        {
            diagnostics.Error("site", url, "is not a valid URL.", "Use a URL such as \"https://www.example.org\".");
        }
        else if (!site.Hosts.Contains(uri.Host) && !site.Hosts.Contains(HostNames.Any))
        {
            diagnostics.Error("site", url, "has a host that is not a host of this site.",
                $"Add \"{uri.Host}\" under \"hosts\", or correct the URL.");
        }
        else if (uri.Scheme == "http" && !uri.IsLoopback)
        {
            diagnostics.Warn("V15", url, "uses http: cookies and choices can be read and changed in transit.",
                "Use https if possible.");
        }
    }

    private static void CheckPrefix(string prefix, Diagnostics diagnostics)
    {
        if (Hidden.FirstOrDefault(word => prefix.Contains(word, StringComparison.OrdinalIgnoreCase)) is { } word)
        {
            diagnostics.Warn("site", prefix, $"contains \"{word}\", by which content blockers find consent banners and trackers: their users would see no banner.",
                "Use a neutral prefix, such as \"/_choices\".");
        }
    }

    private static void CheckPaths(SiteConfig site, Diagnostics diagnostics)
    {
        for (var i = 0; i < site.Policy.Paths.Count; i++)
        {
            var path = site.Policy.Paths[i];
            var at = diagnostics.At("policy").At("paths", i);
            if (path == "/")
            {
                at.Error("site", path, "is the home page, which the policy would replace.",
                    "Specify the path of the site's own cookie policy.");
            }

            if (IsWithin(path, site.Prefix))
            {
                at.Error("site", path, $"is below the prefix of the gateway, \"{site.Prefix}\".",
                    "Choose a different \"prefix\", or remove the path.");
            }
        }

        for (var i = 0; i < site.Backends.Count; i++)
        {
            if (IsWithin(site.Backends[i].Path, site.Prefix))
            {
                diagnostics.At("backends", i).At("path").Error("backend", site.Backends[i].Path,
                    $"is below the prefix of the gateway, \"{site.Prefix}\".", "Choose a different \"prefix\".");
            }
        }
    }

    private static void CheckMode(SiteConfig site, DateOnly today, Diagnostics diagnostics)
    {
        var until = diagnostics.At("observeUntil");
        if (site.Mode == SiteMode.Enforce)
        {
            if (site.ObserveUntil is not null)
            {
                until.Error("site", null, "has no effect with the mode \"enforce\".",
                    "Remove the key, or set \"mode\" to \"observe\".");
            }

            return;
        }

        // Not an error: a restart after the last day must not take the site down. The mode is enforce from then on.
        if (site.ObserveUntil is { } last && last < today)
        {
            until.Warn("W4", $"{last:yyyy-MM-dd}", "is in the past: the mode is now \"enforce\".", "Set \"mode\" to \"enforce\" and remove this key.");
            return;
        }

        var mode = JsonNamingPolicy.CamelCase.ConvertName(site.Mode.ToString());
        diagnostics.At("mode").Warn("W4", mode, "removes nothing: cookies are set and read without consent.",
            "Use \"enforce\" as soon as the cookie table is complete.");
        var latest = $"Specify a day up to {today.AddDays(MaximumDays):yyyy-MM-dd}.";
        if (site.ObserveUntil is not { } end)
        {
            until.Error("site", null, $"is missing: the mode \"{mode}\" requires a last day.", latest);
        }
        else if (end > today.AddDays(MaximumDays))
        {
            until.Error("site", $"{end:yyyy-MM-dd}", $"is more than {MaximumDays} days from now.", latest);
        }
    }

    private static void CheckReview(DateOnly? reviewed, DateOnly today, Diagnostics diagnostics)
    {
        const string Remedy = "Compare the table with the site and enter the current day.";
        if (reviewed is not { } day)
            diagnostics.Warn("W6", null, "is missing: it states when the table was last compared with the site.", Remedy);
        else if (day > today)
            diagnostics.Error("W6", $"{day:yyyy-MM-dd}", "is in the future.", Remedy);
        else if (day < today.AddMonths(-12))
            diagnostics.Warn("W6", $"{day:yyyy-MM-dd}", "is more than 12 months ago.", Remedy);
    }

    private static bool IsWithin(string path, string prefix) =>
        path == prefix || path.StartsWith(prefix + "/", StringComparison.Ordinal);
}
