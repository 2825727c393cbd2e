using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Gateway.Config.Reading;
using Gateway.Cookies;
using Gateway.Csp;
using Gateway.Html;
using Gateway.Sites;
using Gateway.Tests.Html;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Fuzz;

/// <summary>
/// What is fed with anything. A target throws where a promise is broken, and only there. Under SharpFuzz they run as
/// <c>Fuzzer.LibFuzzer.Run(Targets.Scanner)</c>, or out of process as <c>Fuzzer.OutOfProcess.Run(Targets.From(Targets.Scanner))</c>.
/// </summary>
/// <remarks>What a promise is asked of comes as an argument, so that <see cref="BrokenPromises"/> can put a wrong one in its place.</remarks>
public static class Targets
{
    /// <summary>The shape that libFuzzer's driver takes.</summary>
    public delegate void Target(ReadOnlySpan<byte> data);

    /// <summary>The same, saying whether the data came as far as the promise is about.</summary>
    internal delegate bool Promise(ReadOnlySpan<byte> data);

    internal delegate PrologueResult Scan(ReadOnlySpan<byte> bytes, bool isComplete, int pushed);

    internal delegate PrologueResult Look(
        ReadOnlySpan<byte> body, bool isComplete, ReadOnlySpan<byte> line, bool charsetIsNamed, Span<byte> block, out int blockLength);

    internal delegate SetCookieOutcome FilterLine(string line, in SetCookieContext context);

    private static readonly Site Site = TestSites.Compiled(TestSites.Library("http://127.0.0.1:1"));
    private static readonly ScriptAddress Script = new("https", "www.example.org", "/_choices", "/_choices/0.js");
    private static readonly ConfigLoader Loader = new(_ => null, new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TestSites.Noon));
    private static readonly byte[] Line = HtmlCase.Line.ToArray();

    internal static readonly IReadOnlyDictionary<string, Promise> All = new Dictionary<string, Promise>
    {
        ["scanner"] = data => Scans(data, PrologueScanner.Scan),
        ["splice"] = data => Splices(data, GzipSplice.Look, Corrected),
        ["cookies"] = data => Filters(data, SetCookieFilter.Filter, CookieHeaderFilter.Filter),
        ["policies"] = data => Edits(data, ScriptPolicy.Judge),
        ["configuration"] = data => Reads(data, Check),
    };

    /// <summary>The shape that AFL's driver takes.</summary>
    public static Action<Stream> From(Target target) => stream =>
    {
        var data = new MemoryStream();
        stream.CopyTo(data);
        target(data.ToArray());
    };

    public static void Scanner(ReadOnlySpan<byte> data) => All["scanner"](data);

    public static void Splice(ReadOnlySpan<byte> data) => All["splice"](data);

    public static void Cookies(ReadOnlySpan<byte> data) => All["cookies"](data);

    public static void Policies(ReadOnlySpan<byte> data) => All["policies"](data);

    public static void Configuration(ReadOnlySpan<byte> data) => All["configuration"](data);

    /// <summary>
    /// What is said of a part is said of the whole; in front of a place stands nothing that opens a head or is not over, and what stands
    /// behind it does not matter.
    /// </summary>
    internal static bool Scans(ReadOnlySpan<byte> data, Scan scan)
    {
        var whole = scan(data, isComplete: true, Line.Length);
        Assert.NotEqual(Verdict.NeedMore, whole.Verdict);
        Assert.InRange(whole.Offset, 0, data.Length);
        var part = scan(data[..(data.Length / 2)], isComplete: false, Line.Length);
        if (part.Verdict is not Verdict.NeedMore)
            Assert.Equal(part, whole);

        // Where no declaration of a charset moves it.
        var place = scan(data, isComplete: true, pushed: 0);
        if (place.Verdict is not Verdict.At)
            return false;
        var prologue = data[..place.Offset];
        Assert.Equal(place.Offset, scan([.. prologue, .. "<title>"u8], isComplete: true, pushed: 0).Offset);
        AssertPrologue(prologue.StartsWith(Encoding.UTF8.Preamble) ? prologue[Encoding.UTF8.Preamble.Length..] : prologue);
        return true;
    }

    private static void AssertPrologue(ReadOnlySpan<byte> prologue)
    {
        while ((prologue = prologue[Markup.SpaceLength(prologue)..]).Length > 0)
        {
            var token = Token.Read(prologue);
            Assert.True(token.Length > 0 && !token.ImpliesHead, Encoding.Latin1.GetString(prologue));
            prologue = prologue[token.Length..];
        }
    }

    /// <summary>
    /// What is said of compressed bytes agrees with what they decode to, nothing is read or written beyond them, and what a strict decoder
    /// makes of the page it makes of the extended one, behind prologue and line.
    /// </summary>
    internal static bool Splices(ReadOnlySpan<byte> data, Look look, Func<byte[], byte[], byte[]> correct)
    {
        var room = new byte[GzipSplice.Room];
        var found = look(data, isComplete: true, Line, charsetIsNamed: true, room, out var length);
        if (found.Verdict is not Verdict.At)
            return false;

        var block = room[..length];
        var text = GzipSplice.TextOf(block);
        Assert.True(text.EndsWith(Line));
        Assert.InRange(found.Offset, 10, data.Length);
        var prologue = text[..^Line.Length].ToArray();
        var start = TryRead(new DeflateStream(new MemoryStream(data[found.Offset..].ToArray()), CompressionMode.Decompress), prologue.Length);

        // Damaged behind the prologue, which the framework tells before it gives anything.
        if (start is not null)
            Assert.Equal(prologue, start);

        var extended = correct([.. data[..found.Offset], .. block, .. data[found.Offset..]], block);
        Assert.Equal(data.Length + length, extended.Length);

        // What follows the first member is passed on as it is, and its end corrected in vain.
        if (TryGunzip(data) is not { } page || !EndsWithTrailer(data, page.Length))
            return false;
        byte[] expected = [.. text, .. page];
        Assert.Equal(expected, TryGunzip(extended));
        return true;
    }

    /// <summary>A kept line is the very same string and granted; an edited one needs no other edit; a kept request cookie may be sent.</summary>
    internal static bool Filters(
        ReadOnlySpan<byte> data, FilterLine filterLine, Func<string, CookieTable, Grants, GatewayCookie, CookieHeaderOutcome> filterHeader)
    {
        var text = Encoding.Latin1.GetString(data);
        var grants = Grants.ExemptOnly;
        var context = new SetCookieContext(Site.Table, grants, Site.Own, text, TestSites.Noon);
        var outcome = filterLine(text, context);
        if (outcome.Fate is CookieFate.Kept)
            Assert.True(ReferenceEquals(text, outcome.Line) && outcome.Row is not null && grants.Allows(outcome.Row.Entry));
        else if (outcome.Fate is CookieFate.Shortened or CookieFate.Emptied)
            Assert.Same(outcome.Line, filterLine(outcome.Line!, context).Line);
        else
            Assert.Null(outcome.Line);

        var header = filterHeader(text, Site.Table, grants, Site.Own);
        foreach (var pair in new CookiePairs(header.Header ?? ""))
        {
            var row = Site.Table.Find(pair.Name);
            Assert.True(row is null ? pair.Name.IsEmpty && pair.Value.IsEmpty : grants.Allows(row.Entry));
        }

        Assert.True(header.Cut.Count > 0 || header.Header is null || header.Header.Length <= text.Length);
        return outcome.Line is not null && header.Header is not null;
    }

    /// <summary>An edited policy lets the script run, and has all that it had but <c>'none'</c>.</summary>
    internal static bool Edits(ReadOnlySpan<byte> data, Func<IReadOnlyList<string>, ScriptAddress, PolicyOutcome> judge)
    {
        var policy = Encoding.Latin1.GetString(data);
        var outcome = judge([policy], Script);
        Assert.DoesNotContain('"', outcome.Nonce ?? "");
        if (outcome.Verdict is not PolicyVerdict.AllowedIfEdited)
        {
            Assert.Null(outcome.Lines);
            return false;
        }

        var edited = outcome.Lines![0];
        Assert.Equal(PolicyVerdict.Allowed, ScriptPolicy.JudgeFor(outcome.Nonce, [edited], Script).Verdict);
        Assert.Equal(policy.Count(c => c == ','), edited.Count(c => c == ','));
        Assert.True(IsWithin(WithoutNone(policy), WithoutNone(edited)), edited);
        return true;
    }

    /// <summary>Whatever a file holds, it is read or its problems are told, each at a place within it; what is found right works.</summary>
    internal static bool Reads(ReadOnlySpan<byte> data, Func<byte[], LoadedFile> check)
    {
        var lines = data.Count((byte)'\n') + data.Count((byte)'\r') + 1;
        var file = check(data.ToArray());
        Assert.All(file.Diagnostics, problem => Assert.InRange(problem.Line, 0, lines));
        if (!file.IsValid)
            return false;
        Assert.NotNull(file.Document?.Config);
        Assert.NotNull(ConfigLoader.Combine("fuzz.json", [file]).Config.Compile(TestSites.Changed, TestSites.Today));
        return true;
    }

    internal static LoadedFile Check(byte[] content) => Loader.Parse("fuzz.json", content);

    /// <summary>The end of an extended gzip body as it is delivered.</summary>
    internal static byte[] Corrected(byte[] body, byte[] block)
    {
        using var trailer = new GzipTrailer(new MemoryStream(body), block);
        var result = new MemoryStream();
        trailer.CopyTo(result);
        return result.ToArray();
    }

    private static byte[]? TryGunzip(ReadOnlySpan<byte> body) => TryRead(new GZipStream(new MemoryStream(body.ToArray()), CompressionMode.Decompress));

    private static bool EndsWithTrailer(ReadOnlySpan<byte> body, int length) =>
        BinaryPrimitives.ReadInt32LittleEndian(body[^4..]) == length && TryGunzip([.. body[..^1], (byte)~body[^1]]) is null;

    /// <summary>All that a decoder gives, or so many bytes of it; null where it finds the data damaged.</summary>
    private static byte[]? TryRead(Stream decoder, int? count = null)
    {
        using var source = decoder;
        try
        {
            var start = new byte[count ?? 0];
            source.ReadExactly(start);
            var rest = new MemoryStream();
            if (count is null)
                source.CopyTo(rest);
            return [.. start, .. rest.ToArray()];
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
        {
            return null;
        }
    }

    private static string WithoutNone(string policy) => policy.Replace("'none'", "", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the characters of a text stand in another one in their order.</summary>
    private static bool IsWithin(string text, string other)
    {
        var at = 0;
        foreach (var c in other)
            at += at < text.Length && text[at] == c ? 1 : 0;
        return at == text.Length;
    }
}
