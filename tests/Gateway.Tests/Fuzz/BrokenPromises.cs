using Gateway.Config.Reading;
using Gateway.Cookies;
using Gateway.Csp;
using Gateway.Html;
using Gateway.Tests.Html;

namespace Gateway.Tests.Fuzz;

/// <summary>Each target with an error in the code under test. A promise that holds for wrong code proves nothing.</summary>
internal static class BrokenPromises
{
    public static readonly IReadOnlyDictionary<string, (string Target, Targets.Promise Promise)> All = new Dictionary<string, (string, Targets.Promise)>
    {
        ["the place is one byte late"] = ("scanner", data => Targets.Scans(data, Moved(+1))),
        ["the place is one byte early"] = ("scanner", data => Targets.Scans(data, Moved(-1))),
        ["a part is taken for the whole"] = ("scanner", data => Targets.Scans(data, (bytes, _, pushed) => PrologueScanner.Scan(bytes, true, pushed))),
        ["the block is one byte late"] = ("splice", data => Targets.Splices(data, SpliceOneByteLate)),
        ["the line is missing"] = ("splice", data => Targets.Splices(data, SpliceWithoutLine)),
        ["the checksum is wrong"] = ("splice", data => Targets.Splices(data, SpliceWithOldTrailer)),
        ["the filter of lines is off"] = ("cookies", data => Targets.Filters(data, KeepAll, CookieHeaderFilter.Filter)),
        ["a kept line is a copy"] = ("cookies", data => Targets.Filters(data, Copy, CookieHeaderFilter.Filter)),
        ["the filter of requests is off"] = ("cookies", data => Targets.Filters(data, SetCookieFilter.Filter, (header, _, _, _) => new(header, []))),
        ["an edit is missing"] = ("policies", data => Targets.Edits(data, (lines, script) => With(lines, script, (line, _) => line))),
        ["an edit takes a character"] = ("policies", data => Targets.Edits(data, (lines, script) => With(lines, script, (_, edited) => edited[1..]))),
        ["a problem has the number of the next line"] = ("configuration", data => Targets.Reads(data, Lower)),
        ["problems are not reported"] = ("configuration", data => Targets.Reads(data, content => Targets.Check(content) with { Diagnostics = [] })),
    };

    private static Targets.Scan Moved(int by) => (bytes, isComplete, pushed) =>
    {
        var found = PrologueScanner.Scan(bytes, isComplete, pushed);
        return found.Verdict is Verdict.At ? found with { Offset = Math.Clamp(found.Offset + by, 0, bytes.Length) } : found;
    };

    /// <summary>A spliced body with one byte of data before its block.</summary>
    private static byte[]? SpliceOneByteLate(byte[] body)
    {
        if (Targets.Spliced(body) is not { } spliced)
            return null;
        var (header, text) = Targets.BlockOf(body, spliced);
        var data = header + 5 + text.Length;
        return [.. spliced[..header], spliced[data], .. spliced[header..data], .. spliced[(data + 1)..]];
    }

    private static byte[]? SpliceWithoutLine(byte[] body)
    {
        if (Targets.Spliced(body) is not { } spliced)
            return null;
        var (header, text) = Targets.BlockOf(body, spliced);
        spliced.AsSpan(header + 5 + text.Length - HtmlCase.Line.Length, HtmlCase.Line.Length).Clear();
        return spliced;
    }

    private static byte[]? SpliceWithOldTrailer(byte[] body) => Targets.Spliced(body) is { } spliced ? [.. spliced[..^8], .. body[^8..]] : null;

    private static SetCookieOutcome KeepAll(string line, in SetCookieContext context) => new(line, CookieFate.Kept);

    private static SetCookieOutcome Copy(string line, in SetCookieContext context) =>
        SetCookieFilter.Filter(line, context) is { Fate: CookieFate.Kept } kept ? kept with { Line = new string(line) } : SetCookieFilter.Filter(line, context);

    private static PolicyOutcome With(IReadOnlyList<string> lines, ScriptAddress script, Func<string, string, string> change)
    {
        var outcome = ScriptPolicy.Judge(lines, script);
        return outcome.Lines is null ? outcome : outcome with { Lines = [.. lines.Zip(outcome.Lines, change)] };
    }

    private static LoadedFile Lower(byte[] content) =>
        Targets.Check(content) is var file ? file with { Diagnostics = [.. file.Diagnostics.Select(problem => problem with { Line = problem.Line + 1 })] } : file;
}
