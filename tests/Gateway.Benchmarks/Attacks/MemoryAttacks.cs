using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Benchmarks.SideBySide;
using Gateway.Tests.Attacks;

namespace Gateway.Benchmarks.Attacks;

/// <summary>
/// Attacks the gateway and bare YARP in a control group of 256 MiB, as in <c>config/kubernetes.yaml</c>, while a visitor asks for small files:
/// whether the process lives, what the visitor loses, and how much memory it takes.
/// </summary>
internal static class MemoryAttacks
{
    private const long Limit = 256L * 1024 * 1024;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(22);

    public static async Task<int> RunAsync(Options options)
    {
        using (var trial = MemoryCgroup.Create(Limit))
        {
            if (trial is null)
                return 0;
        }

        var report = new Report();
        var certificate = Certificate();
        IReadOnlyList<Proxy> proxies = [.. Proxy.All(certificate).Where(proxy => options.Proxies.Count == 0 || options.Proxies.Contains(proxy.Name))];
        report.Begin("attacks in a control group of 256 MiB", string.Create(
            CultureInfo.InvariantCulture,
            $"Attacks with {options.Requests} connections from one address, for {Duration.TotalSeconds} seconds; a visitor from another address."));
        report.Add("| attack | proxy | lives | requests lost | health lost | longest answer, ms | memory before, MiB | most | after | connections at the end |\n|---|---|---|---|---|---|---|---|---|---|");
        foreach (var attack in Attack.All.Where(attack => options.Only.Count == 0 || options.Only.Contains(attack.Name)))
        {
            foreach (var proxy in proxies)
                report.Add(await MeasureAsync(attack, proxy, options.Requests));
        }

        report.Finish("memory-attacks", options);
        return 0;
    }

    /// <summary>The attackers, in a process of their own.</summary>
    public static async Task<int> AttackAsync(string[] args)
    {
        var attack = Attack.All.Single(attack => attack.Name == args[0]);
        await using var running = RunningAttack.Start(attack, int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture));
        await Task.Delay(Duration);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{running.Open} of {running.Opened}"));
        return 0;
    }

    private static async Task<string> MeasureAsync(Attack attack, Proxy proxy, int connections)
    {
        using var backend = await Child.StartAsync("backend", "backend");
        using var group = MemoryCgroup.Create(Limit)!;
        var ports = new Ports(Peers.FreePort(), Peers.FreePort(), Peers.FreePort());
        using var process = group.Start(proxy.Command(ports, $"http://127.0.0.1:{backend.Port}"));
        var (port, scheme) = attack.Protocol is null ? (ports.Plain, "http") : (ports.Tls, "https");
        var site = new Uri($"{scheme}://127.0.0.1:{port}/image");
        await FirstAnswerAsync(site);
        await Task.Delay(1000);
        var before = group.HeldMiB;

        var most = before;
        using var visitor = new PoliteVisitor();
        visitor.Start(site, proxy.HasHealth ? new Uri($"http://127.0.0.1:{ports.Operator}/health") : null);
        using var attackers = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["attack", attack.Name, $"{port}", $"{connections}"]) { RedirectStandardOutput = true })!;
        while (!attackers.HasExited)
        {
            most = Math.Max(most, group.HeldMiB);
            await Task.Delay(50);
        }

        await visitor.StopAsync();
        if (!process.HasExited)
            await Task.Delay(Rest);
        var (lives, after) = (!process.HasExited, group.HeldMiB);
        if (lives)
            process.Kill();
        await process.WaitForExitAsync();
        var connected = (await attackers.StandardOutput.ReadToEndAsync()).Trim();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {attack.Name} | {proxy.Name} | {(lives ? "yes" : "no")} | {visitor.Lost} | {(proxy.HasHealth ? visitor.Sick : "–")} of {visitor.Asked} | {visitor.Longest:0} | {before:0} | {most:0} | {(lives ? after : double.NaN):0} | {connected} |");
    }

    private static async Task FirstAnswerAsync(Uri url)
    {
        using var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost" } };
        using var client = new HttpClient(handler) { DefaultRequestHeaders = { Host = "localhost" } };
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                if ((await client.GetAsync(url)).StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException) when (attempt < 200)
            {
                await Task.Delay(50);
            }
        }
    }

    private static (string File, string Key) Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var folder = Directory.CreateTempSubdirectory("attacks").FullName;
        var (file, keyFile) = (Path.Combine(folder, "certificate.pem"), Path.Combine(folder, "key.pem"));
        File.WriteAllText(file, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (file, keyFile);
    }

    /// <summary>Where a proxy listens.</summary>
    private sealed record Ports(int Plain, int Tls, int Operator);

    /// <summary>A proxy under attack.</summary>
    private sealed record Proxy(string Name, bool HasHealth, Func<Ports, string, string> Command)
    {
        public static IEnumerable<Proxy> All((string File, string Key) certificate)
        {
            var isNative = File.Exists("/usr/bin/clang");
            if (!isNative)
                Console.WriteLine("clang is missing: the programs run with the JIT.");
            var programs = Published.Programs(isNative);
            return
            [
                new("gateway", true, (ports, backend) => $"{programs.Gateway} run --config {Sample.Write(Listen(ports, certificate), backend)}"),
                new("lean", false, (ports, backend) => $"{programs.Lean} {ports.Plain} {backend}/ {ports.Tls} {certificate.File} {certificate.Key}"),
            ];
        }

        private static string Listen(Ports ports, (string File, string Key) certificate) => $$"""
            "listen": ["http://127.0.0.1:{{ports.Plain}}", "https://127.0.0.1:{{ports.Tls}}"], "operator": { "listen": "http://127.0.0.1:{{ports.Operator}}" },
            "certificate": { "file": "{{certificate.File}}", "keyFile": "{{certificate.Key}}" }
            """;
    }
}
