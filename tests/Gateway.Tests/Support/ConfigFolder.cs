using Gateway.Config;
using Gateway.Config.Reading;

namespace Gateway.Tests.Support;

/// <summary>A temporary folder for a test.</summary>
internal sealed class ConfigFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("gateway-config-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Write(string name, string content) => System.IO.File.WriteAllText(File(name), content);

    /// <summary>A valid file with one site.</summary>
    public void WriteSite(string name, string id, string host, string site = "", string cookies = "", string top = "") =>
        Write(name, $"{{ {top} \"sites\": [ {World.SiteJson(id, host, site, cookies)} ] }}");

    public void Delete(string name) => System.IO.File.Delete(File(name));

    public LoadedConfig Load() => World.Loader().Load(Path);

    /// <summary>The problems, without the path of the folder.</summary>
    public string Problems(IEnumerable<Diagnostic> problems) =>
        string.Join('\n', problems).Replace(Path + System.IO.Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Replace(Path, "FOLDER", StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
