using System.Security.Cryptography;

namespace Gateway.Config.Reading;

/// <summary>Finds and reads the files of a configuration: a single file, or the files of a folder.</summary>
internal static class ConfigFiles
{
    /// <summary>
    /// The file itself, or every <c>*.json</c> entry directly in the folder, in ordinal order. Hidden files are ignored: a mounted
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

            var files = Directory.GetFileSystemEntries(path, "*.json").Where(IsConfiguration).ToArray();
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
    /// cannot be read, the content is null and the hash stands for the reason. A pipe, a device or a socket is not opened: it could make the
    /// gateway wait for ever.
    /// </summary>
    public static (byte[]? Content, string Hash, Diagnostic? Problem) Read(string file)
    {
        try
        {
            if (Directory.Exists(file))
                return (null, "folder", Unreadable(file, "is a folder, not a file.", "Move its files one folder up, or rename it."));
            if (LengthOf(file) == 0)
                return (null, "empty", Unreadable(file, "has no content: it is empty, or a pipe, a device or a socket.", "Use an ordinary file."));

            using var stream = File.OpenRead(file);
            var content = new byte[Math.Min(stream.Length, ConfigReader.LongestFile + 1)];
            var length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            content = content[..length];
            return (content, HashOf(content), null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return (null, $"unreadable: {error.Message}", Unreadable(file, $"cannot be read: {error.Message}", null));
        }
    }

    /// <summary>The SHA-256 hash of a file's content, in hexadecimal digits.</summary>
    public static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Whether the name stands for a file with content. False for pipes, devices and sockets, which are not opened.</summary>
    public static bool IsOrdinary(string file)
    {
        try
        {
            return File.Exists(file) && LengthOf(file) > 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // What is no ordinary file has the length 0. The length of a link is that of its text. A loop of links throws an IOException.
    private static long LengthOf(string file) => new FileInfo(File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file).Length;

    private static bool IsConfiguration(string file) =>
        !Path.GetFileName(file).StartsWith('.') && !file.EndsWith(".schema.json", StringComparison.Ordinal);

    private static Diagnostic Unreadable(string file, string rule, string? remedy) =>
        new() { File = file, Rule = rule, Remedy = remedy, Code = "file" };
}
