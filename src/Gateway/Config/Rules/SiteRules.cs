using Gateway.Sites;
using Gateway.Texts;

namespace Gateway.Config.Rules;

/// <summary>Hosts, public address, paths and mode of one site.</summary>
internal static class SiteRules
{
    /// <summary>Longest time for which nothing need be removed.</summary>
    private const int MostDaysObserved = 30;

    public static void Check(SiteConfig site, DateOnly today, Diagnostics found)
    {
        if (site.Hosts.Count > 1 && site.Hosts.Contains(HostNames.Any))
        {
            found.At("hosts").Error("site", HostNames.Any, "stands beside other hosts, but already means all of them.",
                "Let it stand alone.");
        }

        CheckPublicUrl(site, found.At("publicUrl"));
        CheckPaths(site, found);
        CheckMode(site, today, found);
        CheckReview(site.Policy.Reviewed, today, found.At("policy").At("reviewed"));
    }

    private static void CheckPublicUrl(SiteConfig site, Diagnostics found)
    {
        if (site.PublicUrl is not { } url)
            return;

        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
        {
            found.Error("site", url, "is not a valid address.", "Write for example \"https://www.example.org\".");
        }
        else if (!site.Hosts.Contains(uri.Host) && !site.Hosts.Contains(HostNames.Any))
        {
            found.Error("site", url, "names a host that is none of this site's hosts.",
                $"Add \"{uri.Host}\" under \"hosts\", or correct the address.");
        }
        else if (uri.Scheme == "http" && !uri.IsLoopback)
        {
            found.Warn("V15", url, "is plain http: others on the way can read and change cookies and choices.",
                "Use https where you can.");
        }
    }

    private static void CheckPaths(SiteConfig site, Diagnostics found)
    {
        for (var i = 0; i < site.Policy.Paths.Count; i++)
        {
            var path = site.Policy.Paths[i];
            var at = found.At("policy").At("paths", i);
            if (path == "/")
            {
                at.Error("site", path, "is the home page, which the policy would replace.",
                    "Name the path of the site's own cookie policy.");
            }

            if (IsWithin(path, site.Prefix))
            {
                at.Error("site", path, $"lies under the gateway's own \"{site.Prefix}\".",
                    "Choose another \"prefix\", or remove the path.");
            }
        }

        for (var i = 0; i < site.Backends.Count; i++)
        {
            if (IsWithin(site.Backends[i].Path, site.Prefix))
            {
                found.At("backends", i).At("path").Error("backend", site.Backends[i].Path,
                    $"lies under the gateway's own \"{site.Prefix}\".", "Choose another \"prefix\".");
            }
        }
    }

    private static void CheckMode(SiteConfig site, DateOnly today, Diagnostics found)
    {
        var until = found.At("observeUntil");
        if (site.Mode == SiteMode.Enforce)
        {
            if (site.ObserveUntil is not null)
            {
                until.Error("site", null, "has no meaning where the mode is \"enforce\".",
                    "Remove it, or set \"mode\" to \"observe\".");
            }

            return;
        }

        // Not an error: a restart on the day after must not take the site down. It is enforced from then on.
        if (site.ObserveUntil is { } last && last < today)
        {
            until.Warn("W4", $"{last:yyyy-MM-dd}", "is past: the site is enforced.", "Set \"mode\" to \"enforce\" and remove this key.");
            return;
        }

        var mode = Wording.Camel(site.Mode.ToString());
        found.At("mode").Warn("W4", mode, "removes nothing: cookies are set and read without consent.",
            "Set it to \"enforce\" as soon as the table is complete.");
        var latest = $"Name a day until {today.AddDays(MostDaysObserved):yyyy-MM-dd}.";
        if (site.ObserveUntil is not { } end)
        {
            until.Error("site", null, $"is missing: the mode \"{mode}\" needs an end.", latest);
        }
        else if (end > today.AddDays(MostDaysObserved))
        {
            until.Error("site", $"{end:yyyy-MM-dd}", $"is more than {MostDaysObserved} days ahead.", latest);
        }
    }

    private static void CheckReview(DateOnly? reviewed, DateOnly today, Diagnostics found)
    {
        const string Remedy = "Compare the table with the site and write the day here.";
        if (reviewed is not { } day)
            found.Warn("W6", null, "is missing: nobody says when the table was last compared with the site.", Remedy);
        else if (day > today)
            found.Error("W6", $"{day:yyyy-MM-dd}", "lies in the future.", Remedy);
        else if (day < today.AddMonths(-12))
            found.Warn("W6", $"{day:yyyy-MM-dd}", "is more than 12 months ago.", Remedy);
    }

    private static bool IsWithin(string path, string prefix) =>
        path == prefix || path.StartsWith(prefix + "/", StringComparison.Ordinal);
}
