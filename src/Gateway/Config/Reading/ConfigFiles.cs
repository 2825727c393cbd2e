using System.Security.Cryptography;

namespace Gateway.Config.Reading;

/// <summary>Finds and reads the files of a configuration: a single file, or the files of a folder.</summary>
internal static class ConfigFiles
{
    /// <summary>
    /// The file itself, or every <c>*.json</c> file directly in the folder, in ordinal order. Hidden files are ignored: a mounted
    /// ConfigMap keeps its versions under <c>..data</c> and links each file beside it. A <c>*.schema.json</c> file, which editors
    /// use, is ignored as well.
    /// </summary>
    /// <param name="path">The path of a file or a folder.</param>
    /// <param name="problem">Why nothing can be read; otherwise null.</param>
    public static IReadOnlyList<string> List(string path, out Diagnostic? problem)
    {
        problem = null;
        if (File.Exists(path))
            return [path];

        try
        {
            if (!Directory.Exists(path))
            {
                problem = Unreadable(path, $"does not exist (searched for {Path.GetFullPath(path)}).", "Specify a file or a folder with --config.");
                return [];
            }

            var files = Directory.GetFiles(path, "*.json").Where(IsConfiguration).ToArray();
            Array.Sort(files, StringComparer.Ordinal);
            if (files.Length == 0)
                problem = Unreadable(path, "contains no *.json file.", "Add one file for each site or group of sites.");
            return files;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problem = Unreadable(path, $"cannot be read: {error.Message}", null);
            return [];
        }
    }

    /// <summary>
    /// Reads a file and returns its content and its hash. A file that is too long is cut one byte after the limit. For a file that
    /// cannot be read, the content is null and the hash stands for the reason.
    /// </summary>
    public static (byte[]? Content, string Hash, Diagnostic? Problem) Read(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var content = new byte[Math.Min(stream.Length, ConfigReader.LongestFile + 1)];
            var length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            content = content[..length];
            return (content, HashOf(content), null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // NotSupportedException: a pipe has no length, and could not be read again two seconds later.
            return (null, $"unreadable: {error.Message}", Unreadable(file, $"cannot be read: {error.Message}", null));
        }
    }

    /// <summary>The SHA-256 hash of a file's content, in hexadecimal digits.</summary>
    public static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static bool IsConfiguration(string file) =>
        !Path.GetFileName(file).StartsWith('.') && !file.EndsWith(".schema.json", StringComparison.Ordinal);

    private static Diagnostic Unreadable(string file, string rule, string? remedy) =>
        new() { File = file, Rule = rule, Remedy = remedy, Code = "file" };
}
