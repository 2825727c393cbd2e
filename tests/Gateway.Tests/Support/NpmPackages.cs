using Xunit;

namespace Gateway.Tests.Support;

/// <summary>
/// The folder of npm packages that <c>.ci/run</c> downloads and GATEWAY_NPM names, with one folder for each package. If there is none, the
/// test is skipped with a reason, or fails if <c>CI=true</c>.
/// </summary>
internal static class NpmPackages
{
    /// <summary>A file by its path, such as <c>klaro/dist/klaro.js</c>; null if the package has no such file.</summary>
    public static string? Find(string path)
    {
        var root = Root() + Path.DirectorySeparatorChar;
        var file = Path.GetFullPath(Path.Combine(root, path));
        return file.StartsWith(root, StringComparison.Ordinal) && File.Exists(file) ? file : null;
    }

    /// <param name="package">The name of the package.</param>
    public static void Need(string package)
    {
        if (Environment.GetEnvironmentVariable("GATEWAY_NPM") is { Length: > 0 } && Directory.Exists(Path.Combine(Root(), package)))
            return;

        var reason = $"No npm package \"{package}\": put it into a folder of that name below one named in GATEWAY_NPM, as .ci/run does.";
        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", reason);
        Assert.Skip(reason);
    }

    private static string Root() => Path.GetFullPath(Environment.GetEnvironmentVariable("GATEWAY_NPM")!);
}
