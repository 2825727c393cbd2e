using Gateway.Config.Rules;
using Gateway.Cookies;

namespace Gateway.Config.Reading;

/// <summary>Loads and validates a configuration. Every command uses it.</summary>
/// <param name="environment">Returns the value of an environment variable; null if it is not set.</param>
/// <param name="time">The clock by which dates are validated.</param>
/// <param name="surroundings">What the rules know about the machine; null for this machine.</param>
internal sealed class ConfigLoader(Func<string, string?> environment, TimeProvider time, Surroundings? surroundings = null)
{
    // In a pod of Kubernetes, localhost is every container of the pod.
    private readonly Surroundings _surroundings = surroundings ?? new(
        ConfigFiles.IsOrdinary,
        CertificateFiles.FaultOf,
        environment("DOTNET_RUNNING_IN_CONTAINER") == "true" && environment("KUBERNETES_SERVICE_HOST") is null);

    /// <summary>Loads a file, or every file of a folder. It never throws: problems are in the result.</summary>
    public LoadedConfig Load(string path)
    {
        var files = ConfigFiles.List(path, out var problem).Select(LoadFile).ToList();
        return problem is null ? Combine(path, files) : new LoadedConfig(new GatewayConfig(), [problem], []);
    }

    /// <summary>Loads one file, without the rules that compare files.</summary>
    public LoadedFile LoadFile(string name)
    {
        var (content, hash, problem) = ConfigFiles.Read(name);
        return content is null ? new LoadedFile(name, hash, null, [problem!]) : Parse(name, content);
    }

    /// <summary>Reads and validates the content of one file, without the rules that compare files.</summary>
    public LoadedFile Parse(string name, byte[] content)
    {
        var document = ConfigReader.Read(content, name, environment);
        var found = document.Config is { } config ? ConfigValidator.Validate(config, time.Today(), _surroundings) : [];
        return new LoadedFile(
            name,
            ConfigFiles.HashOf(content),
            document,
            Diagnostic.Sorted([.. document.Diagnostics.Items, .. document.Diagnostics.Locate(found)]));
    }

    /// <summary>Combines files that were loaded separately, and applies the rules that compare them.</summary>
    public static LoadedConfig Combine(string path, IReadOnlyList<LoadedFile> files)
    {
        var read = files.Where(file => file.Document?.Config is not null).ToList();
        var process = read.FirstOrDefault(HasProcessKeys)?.Document!.Config ?? new GatewayConfig();
        var sites = read.SelectMany(file => SiteSource.Of(file.Name, file.Document!.Config!)).ToList();
        var config = process with { Sites = [.. sites.Select(site => site.Site)] };

        var between = ConfigValidator.ValidateTogether(sites, config.Listen).Concat(DuplicateProcessKeys(read))
            .GroupBy(diagnostic => diagnostic.File, StringComparer.Ordinal)
            .SelectMany(group => read.First(file => file.Name == group.Key).Document!.Diagnostics.Locate(group));
        var diagnostics = files.SelectMany(file => file.Diagnostics).Concat(between).ToList();
        if (sites.Count == 0 && diagnostics.TrueForAll(diagnostic => diagnostic.Severity != Severity.Error))
            diagnostics.Add(new Diagnostic { File = path, Rule = "has no site.", Remedy = "Add one under \"sites\".", Code = "site" });

        return new LoadedConfig(config, Diagnostic.Sorted(diagnostics), files);
    }

    private static bool HasProcessKeys(LoadedFile file) => ProcessKeys.Names.Any(file.Document!.Diagnostics.Positions.Has);

    private static IEnumerable<Diagnostic> DuplicateProcessKeys(IReadOnlyList<LoadedFile> files)
    {
        var holders = files.Where(HasProcessKeys).ToList();
        return holders.Skip(1).SelectMany(file => ProcessKeys.Names
            .Where(file.Document!.Diagnostics.Positions.Has)
            .Select(key => new Diagnostic
            {
                File = file.Name,
                Path = key,
                Rule = $"is allowed in one file of the folder only, and {holders[0].Name} already has such keys.",
                Remedy = $"Keep {string.Join(", ", ProcessKeys.Names)} together in one file.",
                Code = "process",
            }));
    }
}
