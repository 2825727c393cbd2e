using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Config.Rules;

/// <summary>Rules for the backends of a site.</summary>
internal static class BackendRules
{
    public static void Check(SiteConfig site, Surroundings surroundings, Diagnostics diagnostics)
    {
        if (site.Backend is not null && site.Backends.Count > 0)
        {
            diagnostics.At("backends").Error("backend", null, "cannot be combined with \"backend\".", "Remove one of the two keys.");
        }
        else if (site.Backend is null && site.Backends.Count == 0)
        {
            diagnostics.At("backend").Error("backend", null, "is missing: the site has no backend.",
                "Specify its address, such as \"http://legacy:8000\".");
        }

        if (site.Backend is { } address)
            CheckAddress(address, surroundings, diagnostics.At("backend"));

        for (var i = 0; i < site.Backends.Count; i++)
            CheckBackend(site.Backends[i], surroundings, diagnostics.At("backends", i));

        CheckPaths(site.Backends, diagnostics);
    }

    private static void CheckBackend(BackendConfig backend, Surroundings surroundings, Diagnostics diagnostics)
    {
        for (var i = 0; i < backend.Addresses.Count; i++)
            CheckAddress(backend.Addresses[i], surroundings, diagnostics.At("addresses", i));

        if (backend.Path.Length > 1 && backend.Path.EndsWith('/'))
            diagnostics.At("path").Error("backend", backend.Path, "must not end with a slash.", $"Use \"{backend.Path.TrimEnd('/')}\".");
        CheckTimeout(backend.ConnectTimeout, diagnostics.At("connectTimeout"));
        CheckTimeout(backend.ResponseTimeout, diagnostics.At("responseTimeout"));
        if (backend.LoadBalancing != default && backend.Addresses.Count == 1)
            diagnostics.At("loadBalancing").Warn("unused", null, "has no effect with a single address.", "Remove the key.");
    }

    private static void CheckAddress(string text, Surroundings surroundings, Diagnostics diagnostics)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Port == 0)
        {
            diagnostics.Error("backend", text, "is not a valid URL.", "Use a URL such as \"http://legacy:8000\".");
        }
        else if (uri.IsLoopback && surroundings.IsContainer)
        {
            diagnostics.Warn("backend", text, "is this container itself, where no site runs.",
                "Use the name of the site's container, such as \"http://legacy:8000\", or \"host.docker.internal\" for the machine.");
        }
    }

    private static void CheckTimeout(Duration timeout, Diagnostics diagnostics)
    {
        if (timeout.IsSession || timeout.IsUntilDeleted)
            diagnostics.Error("backend", timeout.ToString(), "is not a valid timeout.", "Use a duration such as \"30 seconds\".");
        else if (timeout.Length > TimeSpan.FromDays(1))
            diagnostics.Error("backend", timeout.ToString(), "is longer than one day.", "Use a duration such as \"30 seconds\".");
    }

    private static void CheckPaths(IReadOnlyList<BackendConfig> backends, Diagnostics diagnostics)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < backends.Count; i++)
        {
            if (!seen.Add(backends[i].Path))
            {
                diagnostics.At("backends", i).At("path").Error("backend", backends[i].Path, "is already the path of another backend.",
                    "Combine the addresses, or change the path.");
            }
        }

        if (backends.Count > 0 && !seen.Contains("/"))
        {
            diagnostics.At("backends").Error("backend", null, "has no entry with the path \"/\": the remaining paths of the site have no backend.",
                "Add an entry with the path \"/\".");
        }
    }
}
