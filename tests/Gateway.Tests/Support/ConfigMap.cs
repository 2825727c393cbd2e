namespace Gateway.Tests.Support;

/// <summary>
/// Files as Kubernetes mounts them: each is a link to <c>..data/NAME</c>, and <c>..data</c> is a link to the folder of one version. An
/// update replaces that link.
/// </summary>
internal static class ConfigMap
{
    public static void Mount(ConfigFolder folder, string version, params (string Name, string Content)[] files)
    {
        Directory.CreateDirectory(folder.File($"..version{version}"));
        foreach (var (name, content) in files)
            File.WriteAllText(folder.File(Path.Combine($"..version{version}", name)), content);

        File.Delete(folder.File("..data"));
        File.CreateSymbolicLink(folder.File("..data"), $"..version{version}");
        foreach (var (name, _) in files.Where(file => !File.Exists(folder.File(file.Name))))
            File.CreateSymbolicLink(folder.File(name), Path.Combine("..data", name));
    }
}
