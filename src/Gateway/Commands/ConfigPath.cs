namespace Gateway.Commands;

/// <summary>Where the configuration is looked for when the command line does not say.</summary>
internal static class ConfigPath
{
    /// <summary>In the working directory.</summary>
    public const string File = "gateway.json";

    /// <summary>Where a container mounts it.</summary>
    public const string Folder = "/config";

    /// <summary>The file in the working directory if there is one, else the folder.</summary>
    public static string Default() => System.IO.File.Exists(File) ? File : Folder;
}
