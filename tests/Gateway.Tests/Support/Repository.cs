namespace Gateway.Tests.Support;

/// <summary>The files of the repository that contains the tests.</summary>
internal static class Repository
{
    /// <summary>The folder that holds <c>Gateway.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file or folder by its path from the root.</summary>
    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "Gateway.sln")))
        {
            folder = System.IO.Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException($"No Gateway.sln above {AppContext.BaseDirectory}: run the tests inside the repository.");
        }
        return folder;
    }
}
