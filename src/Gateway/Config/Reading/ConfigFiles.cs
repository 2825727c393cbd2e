using System.Security.Cryptography;

namespace Gateway.Config.Reading;

/// <summary>The files of a configuration: one, or those of a folder. The only part of this room that touches a disk.</summary>
internal static class ConfigFiles
{
    /// <summary>
    /// The file itself, or every <c>*.json</c> directly in the folder, in ordinal order. Hidden ones are left out: a mounted
    /// ConfigMap keeps its versions under <c>..data</c> and shows each file as a link beside it. So is a schema that lies there
    /// for an editor.
    /// </summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="problem">Why there is nothing to read; null where there is.</param>
    public static IReadOnlyList<string> List(string path, out Diagnostic? problem)
    {
        problem = null;
        if (File.Exists(path))
            return [path];

        try
        {
            if (!Directory.Exists(path))
            {
                problem = Unreadable(path, "does not exist.", "Name a file or a folder with --config.");
                return [];
            }

            var files = Directory.GetFiles(path, "*.json").Where(IsConfiguration).ToArray();
            Array.Sort(files, StringComparer.Ordinal);
            if (files.Length == 0)
                problem = Unreadable(path, "holds no *.json file.", "Put one file for each site, or group of sites, into it.");
            return files;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problem = Unreadable(path, $"cannot be read: {error.Message}", null);
            return [];
        }
    }

    /// <summary>
    /// The content and its SHA-256 in hexadecimal digits. Of a file longer than what is read at all, only one byte more than
    /// that; of one that cannot be read, null and a hash of the reason.
    /// </summary>
    public static (byte[]? Content, string Hash, Diagnostic? Diagnostic) Read(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var content = new byte[Math.Min(stream.Length, ConfigReader.LongestFile + 1)];
            var length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            content = content[..length];
            return (content, Convert.ToHexStringLower(SHA256.HashData(content)), null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // NotSupported: a pipe, which has no length and could not be read again two seconds later.
            return (null, $"unreadable: {error.Message}", Unreadable(file, $"cannot be read: {error.Message}", null));
        }
    }

    private static bool IsConfiguration(string file) =>
        !Path.GetFileName(file).StartsWith('.') && !file.EndsWith(".schema.json", StringComparison.Ordinal);

    private static Diagnostic Unreadable(string file, string rule, string? remedy) =>
        new() { File = file, Rule = rule, Remedy = remedy, Code = "file" };
}
