using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Config.Rules;

/// <summary>Where a site's pages come from.</summary>
internal static class BackendRules
{
    public static void Check(SiteConfig site, Diagnostics found)
    {
        if (site.Backend is not null && site.Backends.Count > 0)
        {
            found.At("backends").Error("backend", null, "stands beside \"backend\".", "Keep one of the two.");
        }
        else if (site.Backend is null && site.Backends.Count == 0)
        {
            found.At("backend").Error("backend", null, "is missing: nothing says where the site is.",
                "Give its address, such as \"http://legacy:8000\".");
        }

        if (site.Backend is { } address)
            CheckAddress(address, found.At("backend"));

        for (var i = 0; i < site.Backends.Count; i++)
            CheckBackend(site.Backends[i], found.At("backends", i));

        CheckPaths(site.Backends, found);
    }

    private static void CheckBackend(BackendConfig backend, Diagnostics found)
    {
        for (var i = 0; i < backend.Addresses.Count; i++)
            CheckAddress(backend.Addresses[i], found.At("addresses", i));

        if (backend.Path.Length > 1 && backend.Path.EndsWith('/'))
            found.At("path").Error("backend", backend.Path, "ends with a slash.", $"Write \"{backend.Path.TrimEnd('/')}\".");
        CheckTimeout(backend.ConnectTimeout, found.At("connectTimeout"));
        CheckTimeout(backend.ResponseTimeout, found.At("responseTimeout"));
        if (backend.LoadBalancing != default && backend.Addresses.Count == 1)
            found.At("loadBalancing").Warn("unused", null, "has no effect: there is one address.", "Remove it.");
    }

    private static void CheckAddress(string text, Diagnostics found)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Port == 0)
            found.Error("backend", text, "is not a valid address.", "Write for example \"http://legacy:8000\".");
    }

    private static void CheckTimeout(Duration timeout, Diagnostics found)
    {
        if (timeout.IsSession || timeout.IsUntilDeleted)
            found.Error("backend", timeout.ToString(), "is no length of time.", "Write for example \"30 seconds\".");
        else if (timeout.Length > TimeSpan.FromDays(1))
            found.Error("backend", timeout.ToString(), "is longer than a day.", "Write for example \"30 seconds\".");
    }

    private static void CheckPaths(IReadOnlyList<BackendConfig> backends, Diagnostics found)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < backends.Count; i++)
        {
            if (!seen.Add(backends[i].Path))
            {
                found.At("backends", i).At("path").Error("backend", backends[i].Path, "is another backend's path already.",
                    "Put the addresses together, or change the path.");
            }
        }

        if (backends.Count > 0 && !seen.Contains("/"))
        {
            found.At("backends").Error("backend", null, "has no entry with the path \"/\": the rest of the site has no backend.",
                "Add it.");
        }
    }
}
