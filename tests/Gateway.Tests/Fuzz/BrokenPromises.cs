using Gateway.Config.Reading;
using Gateway.Cookies;
using Gateway.Csp;
using Gateway.Html;

namespace Gateway.Tests.Fuzz;

/// <summary>Each target with something wrong in it: a promise that no input can break proves nothing.</summary>
internal static class BrokenPromises
{
    public static readonly IReadOnlyDictionary<string, (string Target, Targets.Promise Promise)> All = new Dictionary<string, (string, Targets.Promise)>
    {
        ["the place is one byte late"] = ("scanner", data => Targets.Scans(data, Moved(+1))),
        ["the place is one byte early"] = ("scanner", data => Targets.Scans(data, Moved(-1))),
        ["a part is taken for the whole"] = ("scanner", data => Targets.Scans(data, (bytes, _, pushed) => PrologueScanner.Scan(bytes, true, pushed))),
        ["the block is one byte late"] = ("splice", data => Targets.Splices(data, LookOneByteOff, Targets.Corrected)),
        ["the line is missing"] = ("splice", data => Targets.Splices(data, LookWithoutLine, Targets.Corrected)),
        ["the checksum is wrong"] = ("splice", data => Targets.Splices(data, GzipSplice.Look, (body, _) => body)),
        ["the filter of lines is off"] = ("cookies", data => Targets.Filters(data, KeepAll, CookieHeaderFilter.Filter)),
        ["a kept line is a copy"] = ("cookies", data => Targets.Filters(data, Copy, CookieHeaderFilter.Filter)),
        ["the filter of requests is off"] = ("cookies", data => Targets.Filters(data, SetCookieFilter.Filter, (header, _, _, _) => new(header, []))),
        ["an edit is missing"] = ("policies", data => Targets.Edits(data, (lines, script) => With(lines, script, (line, _) => line))),
        ["an edit takes a character"] = ("policies", data => Targets.Edits(data, (lines, script) => With(lines, script, (_, edited) => edited[1..]))),
        ["a problem is told a line further down"] = ("configuration", data => Targets.Reads(data, Lower)),
        ["problems are not told"] = ("configuration", data => Targets.Reads(data, content => Targets.Check(content) with { Diagnostics = [] })),
    };

    private static Targets.Scan Moved(int by) => (bytes, isComplete, pushed) =>
    {
        var found = PrologueScanner.Scan(bytes, isComplete, pushed);
        return found.Verdict is Verdict.At ? found with { Offset = Math.Clamp(found.Offset + by, 0, bytes.Length) } : found;
    };

    private static PrologueResult LookOneByteOff(
        ReadOnlySpan<byte> body, bool isComplete, ReadOnlySpan<byte> line, bool charsetIsNamed, Span<byte> block, out int blockLength)
    {
        var found = GzipSplice.Look(body, isComplete, line, charsetIsNamed, block, out blockLength);
        return found.Verdict is Verdict.At ? found with { Offset = Math.Min(found.Offset + 1, body.Length) } : found;
    }

    private static PrologueResult LookWithoutLine(
        ReadOnlySpan<byte> body, bool isComplete, ReadOnlySpan<byte> line, bool charsetIsNamed, Span<byte> block, out int blockLength) =>
        GzipSplice.Look(body, isComplete, new byte[line.Length], charsetIsNamed, block, out blockLength);

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
