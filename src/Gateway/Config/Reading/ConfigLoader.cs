using Gateway.Config.Rules;
using Gateway.Cookies;

namespace Gateway.Config.Reading;

/// <summary>From a path to a checked configuration. <c>check</c> and <c>run</c> both come this way.</summary>
internal sealed class ConfigLoader(Func<string, string?> environment, TimeProvider time, Func<string, bool>? fileExists = null)
{
    private static readonly string[] ProcessKeys = ["listen", "certificate", "operator", "trustedProxies", "forwardedHeaders"];

    private readonly Func<string, bool> _fileExists = fileExists ?? File.Exists;

    /// <summary>Reads a file, or every file of a folder. Never throws: what is wrong stands in the problems.</summary>
    public LoadedConfig Load(string path)
    {
        var files = ConfigFiles.List(path, out var problem).Select(LoadFile).ToList();
        return problem is null ? Combine(path, files) : new LoadedConfig(new GatewayConfig(), [problem], []);
    }

    /// <summary>Reads one file and holds it against the rules that concern it alone.</summary>
    public LoadedFile LoadFile(string name)
    {
        var (content, hash, problem) = ConfigFiles.Read(name);
        return content is null ? new LoadedFile(name, hash, null, [problem!]) : Check(name, hash, content);
    }

    /// <summary>Holds a file's content against the rules that concern it alone.</summary>
    public LoadedFile Check(string name, string hash, ReadOnlyMemory<byte> content)
    {
        var document = ConfigReader.Read(content, name, environment);
        var today = time.Today();
        var found = document.Config is { } config ? ConfigValidator.Validate(config, today, _fileExists) : [];
        return new LoadedFile(name, hash, document, Diagnostic.Sorted([.. document.Notes.Problems, .. document.Notes.Place(found)]));
    }

    /// <summary>Puts files together that were read one by one.</summary>
    public static LoadedConfig Combine(string path, IReadOnlyList<LoadedFile> files)
    {
        var read = files.Where(file => file.Document?.Config is not null).ToList();
        var process = read.FirstOrDefault(HasProcessKeys)?.Document!.Config ?? new GatewayConfig();
        var sites = read.SelectMany(file => SiteSource.Of(file.Name, file.Document!.Config!)).ToList();
        var config = process with { Sites = [.. sites.Select(site => site.Site)] };

        var between = ConfigValidator.ValidateTogether(sites, config.Listen).Concat(ProcessKeysTwice(read))
            .GroupBy(problem => problem.File, StringComparer.Ordinal)
            .SelectMany(group => read.First(file => file.Name == group.Key).Document!.Notes.Place(group));
        var problems = files.SelectMany(file => file.Problems).Concat(between).ToList();
        if (sites.Count == 0 && problems.TrueForAll(problem => problem.Severity != Severity.Error))
            problems.Add(new Diagnostic { File = path, Rule = "names no site.", Remedy = "Add one under \"sites\".", Code = "site" });

        return new LoadedConfig(config, Diagnostic.Sorted(problems), files);
    }

    private static bool HasProcessKeys(LoadedFile file) => Array.Exists(ProcessKeys, file.Document!.Notes.Positions.Has);

    private static IEnumerable<Diagnostic> ProcessKeysTwice(IReadOnlyList<LoadedFile> files)
    {
        var holders = files.Where(HasProcessKeys).ToList();
        return holders.Skip(1).SelectMany(file => ProcessKeys
            .Where(file.Document!.Notes.Positions.Has)
            .Select(key => new Diagnostic
            {
                File = file.Name,
                Path = key,
                Rule = $"may stand in one file of the folder only, and {holders[0].Name} has such keys already.",
                Remedy = $"Keep {string.Join(", ", ProcessKeys)} together in one file.",
                Code = "process",
            }));
    }
}
