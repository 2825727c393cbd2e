using System.Globalization;

namespace Gateway.Benchmarks.SideBySide;

/// <summary>How long small requests wait while every tenth page must be decoded and compressed: with sockets that complete inline, and without.</summary>
internal static class Tail
{
    private static readonly IReadOnlyList<(string Name, double Share)> Shares = [("median", 0.5), ("p99", 0.99), ("p99.9", 0.999)];

    public static async Task<int> RunAsync(Options options)
    {
        var programs = Published.Programs();
        using var backend = await Child.StartAsync("backend", "backend");
        var url = $"http://127.0.0.1:{backend.Port}/";
        var cookies = Sample.Cookies(Sample.Snapshot(Sample.Config(url)).Sites[0]);
        var report = new Report();
        foreach (var page in new[] { "br-15k", "br-1m" }.Where(name => options.Only.Count == 0 || options.Only.Contains(name)))
        {
            var small = Workload.All.First(workload => workload.Name == "image-10k").Request(cookies);
            var heavy = new Workload("", $"/{page}", "document", null).Request(cookies);
            report.Begin($"tail, {page}", string.Create(
                CultureInfo.InvariantCulture, $"{options.Rounds} rounds of {options.Requests} requests or {options.SampleSeconds} seconds, on 16 connections. Every tenth is the page, the others are images of 10 kB."));
            await AddAsync(report, [programs.Gateway, $"{Inline}=1 {programs.Gateway}", .. options.Against], url, small, heavy, options);
        }

        report.Finish("tail", options);
        return 0;
    }

    private const string Inline = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    private static async Task AddAsync(Report report, IReadOnlyList<string> gateways, string backend, string small, string heavy, Options options)
    {
        var children = new List<Child>();
        try
        {
            foreach (var gateway in gateways)
                children.Add(await Published.StartGatewayAsync(gateway == gateways[0] ? "as shipped" : gateway.StartsWith(Inline, StringComparison.Ordinal) ? "inline completions" : gateway, gateway, backend));
            var rounds = children.Select(_ => new List<Driven>()).ToList();
            foreach (var child in children)
                await Load.DriveAsync(child.Port, small, options.Requests, options.SampleSeconds, heavy);
            for (var round = 0; round < options.Rounds; round++)
            {
                foreach (var at in Comparison.InTurn(children, round))
                    rounds[at].Add(await Load.DriveAsync(children[at].Port, small, options.Requests, options.SampleSeconds, heavy));
            }

            report.Add("| | median µs | p99 µs | p99.9 µs | median / first row (95 %) | p99 / first row (95 %) | p99.9 / first row (95 %) |\n|---|---|---|---|---|---|---|");
            for (var at = 0; at < children.Count; at++)
            {
                var values = Shares.Select(share => rounds[at].Select(round => round.FirstByteOf(share.Share)).ToList()).ToList();
                var ratios = Shares.Select((share, which) => Ratio.Of(values[which], [.. rounds[0].Select(round => round.FirstByteOf(share.Share))]));
                report.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {children[at].Name} | {string.Join(" | ", values.Select(value => Statistics.Median(value).ToString("0", CultureInfo.InvariantCulture)))} | {string.Join(" | ", ratios.Select(ratio => at == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{ratio.Median:0.00} ({ratio.Low:0.00}–{ratio.High:0.00})")))} |"));
            }
        }
        finally
        {
            children.ForEach(child => child.Dispose());
        }
    }
}
