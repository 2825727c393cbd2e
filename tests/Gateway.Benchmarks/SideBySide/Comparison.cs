using System.Globalization;

namespace Gateway.Benchmarks.SideBySide;

/// <summary>Starts the backend and the proxies, measures the proxies in turns and prints a table for each workload.</summary>
internal static class Comparison
{
    // A shared machine can be slow for some seconds. Short turns spread that over all proxies.
    private const int Turns = 20;

    public static async Task<int> RunAsync(Options options)
    {
        using var backend = await Child.StartAsync("backend", "backend");
        var url = $"http://127.0.0.1:{backend.Port}/";
        var cookies = Sample.Cookies(Sample.Snapshot(Sample.Config("http://127.0.0.1:0", url)).Sites[0]);
        var report = new Report();
        var ratiosToUntuned = new List<double>();
        foreach (var workload in Workload.All.Where(workload => options.Only.Count == 0 || options.Only.Contains(workload.Name)))
        {
            var measured = await MeasureAsync(workload, workload.Request(cookies), url, options);
            report.Add(workload, measured, cookies, options);
            if (measured.FirstOrDefault(one => one.Proxy == "untuned") is { } untuned)
                ratiosToUntuned.Add(Ratio.Of(measured[0].Cpu, untuned.Cpu).Median);
        }

        if (options.Only.Count == 0 && ratiosToUntuned.Count > 0)
        {
            report.Begin("all of the above", "From the tables above.");
            report.Add($"CPU compared with untuned YARP: {Math.Exp(ratiosToUntuned.Average(Math.Log)).ToString("0.00", CultureInfo.InvariantCulture)} (geometric mean; target: below 1).");
        }

        foreach (var workload in new[] { "stream-1g", "slow-1000" }.Where(name => options.Only.Count == 0 || options.Only.Contains(name)))
        {
            report.Begin(workload, "One run of each.");
            report.Add(await Memory.CompareAsync(workload, url, cookies));
        }

        report.Finish("side-by-side", options);
        return 0;
    }

    private static async Task<List<Measured>> MeasureAsync(Workload workload, string request, string backend, Options options)
    {
        var children = new List<Child> { await Child.StartAsync("gateway", $"gateway {backend} {workload.Gateway}") };
        try
        {
            await AddPeersAsync(children, workload, backend, options);
            return await MeasureAsync(children, request, options);
        }
        finally
        {
            children.ForEach(child => child.Dispose());
        }
    }

    /// <summary>Measures all proxies with the same requests, round by round.</summary>
    public static async Task<List<Measured>> MeasureAsync(IReadOnlyList<Child> children, string request, Options options)
    {
        var measured = new List<Measured>();
        foreach (var child in children)
            measured.Add(new(child.Name, SecondsOf(await Load.DriveAsync(child.Port, request, Math.Min(options.Requests, 30_000), options.MostSeconds), options)));
        for (var round = 0; round < options.Rounds; round++)
        {
            for (var turn = 0; turn < Turns; turn++)
            {
                // The order alternates, so that the effect of one proxy on the next does not always fall on the same one.
                foreach (var at in Enumerable.Range(0, children.Count).Select(at => turn % 2 == 0 ? at : children.Count - 1 - at))
                    await measured[at].TakeTurnAsync(children[at], request, options.Requests, Turns);
            }

            for (var at = 0; at < children.Count; at++)
                measured[at].EndRound(children[at]);
        }

        return measured;
    }

    // The first requests show how long all of them would take. If that is too long, rounds have a time limit instead.
    private static double SecondsOf(Driven first, Options options) =>
        options.Requests * first.Seconds / first.Requests < options.MostSeconds ? double.PositiveInfinity : options.SampleSeconds;

    private static async Task AddPeersAsync(List<Child> children, Workload workload, string backend, Options options)
    {
        bool Wants(string proxy) => options.Proxies.Count == 0 || options.Proxies.Contains(proxy);
        if (workload.Baseline != "bare")
        {
            children.Add(await Child.StartAsync(workload.Baseline, $"gateway {backend} {workload.Baseline["gateway ".Length..]}"));
            return;
        }

        children.Add(await Child.StartAsync("bare", $"bare {backend}"));
        if (options.Against is { } folder)
            children.Add(await Child.StartAsync("other gateway", $"gateway {backend} {workload.Gateway}", program: Path.Combine(folder, "Gateway.Benchmarks")));
        if (Wants("untuned"))
            children.Add(await Child.StartAsync("untuned", $"untuned {backend}"));

        // nginx and Apache are measured on pages of 100 kB only: editing HTML is the task they are configured for.
        if (!workload.Name.EndsWith("100k", StringComparison.Ordinal))
            return;
        if (Wants("nginx") && Peers.Nginx(backend) is { } nginx)
            children.Add(nginx);
        if (Wants("apache") && Peers.Apache(backend) is { } apache)
            children.Add(apache);
        await Task.Delay(1000);
    }
}
