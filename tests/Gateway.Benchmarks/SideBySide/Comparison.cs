using System.Globalization;

namespace Gateway.Benchmarks.SideBySide;

/// <summary>Starts the backend and the proxies, measures the proxies in turns and prints a table for each workload.</summary>
internal static class Comparison
{
    // A shared machine can be slow for some seconds. Short turns spread that over all proxies.
    private const int Turns = 20;

    public static async Task<int> RunAsync(Options options)
    {
        var programs = Published.Programs();
        using var backend = await Child.StartAsync("backend", "backend");
        var url = $"http://127.0.0.1:{backend.Port}/";
        var cookies = Sample.Cookies(Sample.Snapshot(Sample.Config(url)).Sites[0]);
        var report = new Report();
        var ratiosToLean = new List<double>();
        foreach (var workload in Workload.All.Where(workload => options.Only.Count == 0 || options.Only.Contains(workload.Name)))
        {
            var measured = await MeasureAsync(programs, workload, workload.Request(cookies), url, options);
            report.Add(workload, measured, cookies, options);
            if (workload.IsOrdinary)
                ratiosToLean.Add(Ratio.Of(measured[0].Cpu, measured[1].Cpu).Median);
        }

        if (options.Only.Count == 0)
        {
            report.Begin("all of the above", "From the tables above.");
            report.Add($"CPU compared with lean YARP, both native: {Math.Exp(ratiosToLean.Average(Math.Log)).ToString("0.00", CultureInfo.InvariantCulture)} (geometric mean).");
        }

        foreach (var workload in new[] { "stream-1g", "slow-1000" }.Where(name => options.Only.Count == 0 || options.Only.Contains(name)))
        {
            report.Begin(workload, "One run of each.");
            report.Add(await Memory.CompareAsync(programs, workload, url, cookies));
        }

        report.Finish("side-by-side", options);
        return 0;
    }

    private static async Task<List<Measured>> MeasureAsync(Published programs, Workload workload, string request, string backend, Options options)
    {
        var children = new List<Child>();
        try
        {
            await StartAsync(children, programs, workload, backend, options);
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
                foreach (var at in InTurn(children, turn))
                    await measured[at].TakeTurnAsync(children[at], request, options.Requests, Turns);
            }

            for (var at = 0; at < children.Count; at++)
                measured[at].EndRound(children[at]);
        }

        return measured;
    }

    /// <summary>The order alternates, so that the effect of one proxy on the next does not always fall on the same one.</summary>
    public static IEnumerable<int> InTurn(IReadOnlyList<Child> children, int turn) =>
        Enumerable.Range(0, children.Count).Select(at => turn % 2 == 0 ? at : children.Count - 1 - at);

    // The first requests show how long all of them would take. If that is too long, rounds have a time limit instead.
    private static double SecondsOf(Driven first, Options options) =>
        options.Requests * first.Seconds / first.Requests < options.MostSeconds ? double.PositiveInfinity : options.SampleSeconds;

    /// <summary>Starts the gateway, what it is compared with, and the others.</summary>
    private static async Task StartAsync(List<Child> children, Published programs, Workload workload, string backend, Options options)
    {
        bool Wants(string proxy) => options.Proxies.Count == 0 || options.Proxies.Contains(proxy);
        children.Add(await Published.StartGatewayAsync("gateway", programs.Gateway, backend, workload.Entries, workload.Sites, workload.HasPolicy ? "enforce" : null));
        children.Add(
            workload.HasPolicy ? await Published.StartGatewayAsync("gateway, no policy", programs.Gateway, backend, thirdParties: "off")
            : workload.IsOrdinary ? await programs.StartLeanAsync(backend)
            : await Published.StartGatewayAsync("gateway, 10 entries, 1 site", programs.Gateway, backend));
        foreach (var other in options.Against)
            children.Add(await Published.StartGatewayAsync(other, other, backend, workload.Entries, workload.Sites));
        if (!workload.IsOrdinary)
            return;

        foreach (var role in new[] { "gateway", "lean", "bare" }.Where(role => Wants("jit")))
            children.Add(await Child.StartAsync($"{role}, JIT", $"{role} {backend}"));

        // They are configured for editing HTML. Where they would take a minute for each round, one size is enough.
        if (Wants("nginx") && workload.Target is not null && Peers.Nginx(backend) is { } nginx)
            children.Add(nginx);
        if (Wants("apache") && workload.Name.EndsWith("100k", StringComparison.Ordinal) && Peers.Apache(backend) is { } apache)
            children.Add(apache);
        await Task.Delay(1000);
    }
}
