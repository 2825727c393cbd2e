namespace Gateway.Commands;

/// <summary>The default path of the configuration.</summary>
internal static class ConfigPath
{
    /// <summary>The file in the current folder.</summary>
    public const string File = "gateway.json";

    /// <summary>The folder that a container mounts.</summary>
    public const string Folder = "/config";

    /// <summary>The file if it exists, otherwise the folder.</summary>
    public static string Default() => System.IO.File.Exists(File) ? File : Folder;
}
