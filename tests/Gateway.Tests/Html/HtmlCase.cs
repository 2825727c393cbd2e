using System.Text;
using Gateway.Html;
using Xunit;

namespace Gateway.Tests.Html;

/// <summary>
/// A file under cases/html: the body, a line <c>----</c>, and the expected result. The result has <c>{{line}}</c> in place of the script
/// element, or is <c>no: reason</c>. The folder names the plan. The bytes are Latin-1, so a case can contain any byte.
/// </summary>
internal sealed record HtmlCase(string Name, DocumentPlan Plan, byte[] Input, byte[]? Expected, string? Reason)
{
    private const string Separator = "\n----\n";

    public static ReadOnlyMemory<byte> Line { get; } =
        "<script src=\"/_choices/0123456789abcdef.js\" data-gateway=\"\"></script>"u8.ToArray();

    private static readonly Lazy<Dictionary<string, HtmlCase>> Cases = new(Load);

    /// <summary>Names of all cases, as folder/file.</summary>
    public static TheoryData<string> Names => new(All.Keys.Order(StringComparer.Ordinal));

    /// <summary>Names of the cases in which the script element is inserted.</summary>
    public static TheoryData<string> Pages =>
        new(All.Values.Where(c => c.Reason is null).Select(c => c.Name).Order(StringComparer.Ordinal));

    /// <summary>Each case with each coding.</summary>
    public static TheoryData<string, string> NamesInCodings => InCodings(All.Values);

    /// <summary>Each case in which the script element is inserted, with each coding.</summary>
    public static TheoryData<string, string> PagesInCodings => InCodings(All.Values.Where(c => c.Reason is null));

    public static HtmlCase Of(string name) => All[name];

    private static Dictionary<string, HtmlCase> All => Cases.Value;

    private static TheoryData<string, string> InCodings(IEnumerable<HtmlCase> cases)
    {
        var data = new TheoryData<string, string>();
        foreach (var (name, coding) in from c in cases from coding in Coded.Names select (c.Name, coding))
            data.Add(name, coding);
        return data;
    }

    private static Dictionary<string, HtmlCase> Load()
    {
        var root = Path.Combine(AppContext.BaseDirectory, "cases", "html");
        return Directory.EnumerateFiles(root, "*.txt", SearchOption.AllDirectories).Select(Read).ToDictionary(c => c.Name);
    }

    private static HtmlCase Read(string path)
    {
        var folder = Path.GetFileName(Path.GetDirectoryName(path)!);
        // Not ReadAllText, which would remove the byte order mark of a case.
        var parts = Encoding.Latin1.GetString(File.ReadAllBytes(path)).Split(Separator);
        var result = parts[1][..^1];
        var isRefused = result.StartsWith("no: ", StringComparison.Ordinal);
        return new(
            $"{folder}/{Path.GetFileNameWithoutExtension(path)}",
            Enum.Parse<DocumentPlan>(folder, ignoreCase: true),
            Encoding.Latin1.GetBytes(parts[0]),
            isRefused ? null : Encoding.Latin1.GetBytes(result.Replace("{{line}}", Encoding.ASCII.GetString(Line.Span))),
            isRefused ? result["no: ".Length..] : null);
    }
}
