using System.Diagnostics;
using System.Runtime.CompilerServices;
using Gateway.Benchmarks.SideBySide;

namespace Gateway.Benchmarks;

/// <summary>The two programs that are compared, published as they are shipped.</summary>
/// <param name="Gateway">The program.</param>
/// <param name="Lean">YARP alone, published in the same way.</param>
internal sealed record Published(string Gateway, string Lean)
{
    public static Published Programs(bool isNative = true) =>
        new(Publish("src/Gateway", "gateway", isNative), Publish("tests/Gateway.Benchmarks/LeanYarp", "LeanYarp", isNative));

    /// <summary>Starts a gateway in front of the backend.</summary>
    /// <param name="program">This one, or another one; variables of its environment may precede it.</param>
    public static Task<Child> StartGatewayAsync(string name, string program, string backend, int entries = 10, int sites = 1, string? thirdParties = null)
    {
        var port = Peers.FreePort();
        return Child.RunAsync(name, $"{program} run --config {Sample.Write(Sample.Listen(port, Peers.FreePort()), backend, entries, sites, thirdParties)}", port);
    }

    public Task<Child> StartLeanAsync(string backend)
    {
        var port = Peers.FreePort();
        return Child.RunAsync("lean", $"{Lean} {port} {backend}", port);
    }

    private static string Publish(string project, string name, bool isNative, [CallerFilePath] string here = "")
    {
        var root = Path.Combine(Path.GetDirectoryName(here)!, "..", "..");
        var folder = Directory.CreateTempSubdirectory(name).FullName;
        using var publish = Process.Start(new ProcessStartInfo("dotnet", $"publish {Path.Combine(root, project)} -c Release -o {folder} -p:PublishAot={isNative}") { RedirectStandardOutput = true })!;
        publish.StandardOutput.ReadToEnd();
        publish.WaitForExit();
        return publish.ExitCode == 0 ? Path.Combine(folder, name) : throw new InvalidOperationException($"{project} could not be published.");
    }
}
