using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Html;

/// <summary>
/// Real pages: every HTML file of the folder GATEWAY_HTML_CORPUS, plain and compressed. A standards parser reads each page as before, apart
/// from the gateway's script, and nearly all pages get the script.
/// </summary>
public class CorpusTests
{
    private const int Fewest = 2_000;
    private const double LeastInjected = 0.95;

    [Fact, Row("E1", "E2", "E4", "E8")]
    public async Task Real_pages_get_the_line_and_a_parser_reads_the_same_tree()
    {
        var folder = Environment.GetEnvironmentVariable("GATEWAY_HTML_CORPUS");
        if (folder is null)
        {
            const string Reason = "No corpus. Set GATEWAY_HTML_CORPUS to a folder of HTML files.";
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", Reason);
            Assert.Skip(Reason);
        }

        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(IsPage).Order(StringComparer.Ordinal).ToList();
        var counts = new ConcurrentDictionary<(string Coding, string Result), int>();
        var changed = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(files, TestContext.Current.CancellationToken, async (file, _) =>
        {
            var page = Read(file);
            foreach (var coding in new[] { "identity", "gzip" })
            {
                var result = await TryAsync(page, coding, problem => changed.Enqueue($"{coding} {Path.GetRelativePath(folder, file)}: {problem}"));
                counts.AddOrUpdate((coding, result), 1, (_, count) => count + 1);
            }
        });

        WriteReport(files.Count, counts);
        Assert.Empty(changed);
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.InRange(files.Count, Fewest, int.MaxValue);
        foreach (var coding in new[] { "identity", "gzip" })
        {
            var injected = counts.Where(pair => pair.Key.Coding == coding && pair.Key.Result.StartsWith("injected", StringComparison.Ordinal)).Sum(pair => pair.Value);
            Assert.True(injected >= LeastInjected * files.Count, $"{coding}: only {injected} of {files.Count} pages were injected.");
        }
    }

    private static bool IsPage(string file)
    {
        var name = Path.GetFileName(file);
        return name.Contains(".htm", StringComparison.OrdinalIgnoreCase) && !File.GetAttributes(file).HasFlag(FileAttributes.ReparsePoint) && new FileInfo(file).Length > 0;
    }

    private static byte[] Read(string file)
    {
        if (!file.EndsWith(".gz", StringComparison.Ordinal))
            return File.ReadAllBytes(file);
        using var decoder = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        var page = new MemoryStream();
        decoder.CopyTo(page);
        return page.ToArray();
    }

    private static async Task<string> TryAsync(byte[] page, string coding, Action<string> complain)
    {
        var coded = Coded.Encode(coding, page);
        var outcome = await Peek.RunAsync(new MemoryStream(coded), Coded.Coding(coding));
        await using var body = outcome.Body;
        var delivered = new MemoryStream();
        await body.CopyToAsync(delivered);
        try
        {
            if (!outcome.Injected)
                Assert.Equal(coded, delivered.ToArray());
            else if (coding == "identity" || outcome.Decoded)
                DomOracle.AssertSame(page, delivered.ToArray());
            else
                DomOracle.AssertSameButForSpace(page, Coded.Check(delivered.ToArray()));
        }
        catch (Exception problem) when (problem is Xunit.Sdk.XunitException or InvalidDataException)
        {
            complain(problem.Message);
        }

        return !outcome.Injected ? $"skipped: {outcome.Reason}" : coding == "identity" ? "injected" : outcome.Decoded ? "injected, decoded" : "injected, spliced";
    }

    /// <summary>Writes the counts to TestResults/corpus.txt, next to the solution.</summary>
    private static void WriteReport(int files, ConcurrentDictionary<(string Coding, string Result), int> counts)
    {
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"Corpus: {files} pages");
        foreach (var ((coding, result), count) in counts.OrderBy(pair => pair.Key))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {coding}: {count} {result}");
        TestContext.Current.TestOutputHelper?.WriteLine(text.ToString());
        Directory.CreateDirectory(Repository.Path("TestResults"));
        File.WriteAllText(Repository.Path("TestResults/corpus.txt"), text.ToString());
    }
}
