using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Gateway.Benchmarks;

/// <summary>Programs of the repository, published as they are shipped.</summary>
internal static class Published
{
    /// <returns>The command that starts the program.</returns>
    public static string Program(string project, string name, bool isNative = true, [CallerFilePath] string here = "")
    {
        var root = Path.Combine(Path.GetDirectoryName(here)!, "..", "..");
        var folder = Directory.CreateTempSubdirectory(name).FullName;
        using var publish = Process.Start(new ProcessStartInfo("dotnet", $"publish {Path.Combine(root, project)} -c Release -o {folder} -p:PublishAot={isNative}") { RedirectStandardOutput = true })!;
        publish.StandardOutput.ReadToEnd();
        publish.WaitForExit();
        return publish.ExitCode == 0 ? Path.Combine(folder, name) : throw new InvalidOperationException($"{project} could not be published.");
    }

    /// <summary>Writes a configuration for one backend.</summary>
    /// <param name="tls">A second address, with TLS.</param>
    /// <returns>The file.</returns>
    public static string Config(string backend, int port, int operatorPort, (int Port, string File, string Key)? tls = null)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("native").FullName, "gateway.json");
        var listen = tls is { } secure
            ? $$""" "listen": ["http://127.0.0.1:{{port}}", "https://127.0.0.1:{{secure.Port}}"], "certificate": { "file": "{{secure.File}}", "keyFile": "{{secure.Key}}" } """
            : $$""" "listen": ["http://127.0.0.1:{{port}}"] """;
        File.WriteAllText(file, $$"""
            { {{listen}}, "operator": { "listen": "http://127.0.0.1:{{operatorPort}}" },
              "sites": [{ "id": "site", "hosts": ["localhost"], "backend": "{{backend.TrimEnd('/')}}", "languages": ["en"],
                "controller": { "name": "Site", "contact": "site@example.org" }, "policy": { "reviewed": "2026-11-23" },
                "cookies": [{ "names": ["sessionid", "csrftoken"], "provider": "Site", "party": "first", "category": "necessary", "duration": "14 days",
                  "exemption": { "reason": "authentication" }, "function": { "en": "Log-in" }, "purpose": { "en": "Keeps you logged in" } }] }] }
            """);
        return file;
    }
}
