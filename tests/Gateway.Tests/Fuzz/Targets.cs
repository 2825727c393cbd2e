using System.Buffers;
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
/// Fuzz targets. A target throws only when the code breaks a promise. With SharpFuzz they run as
/// <c>Fuzzer.LibFuzzer.Run(Targets.Scanner)</c>, or out of process as <c>Fuzzer.OutOfProcess.Run(Targets.From(Targets.Scanner))</c>.
/// </summary>
/// <remarks>The code under test is an argument, so that <see cref="BrokenPromises"/> can replace it with wrong code.</remarks>
public static class Targets
{
    /// <summary>The signature for libFuzzer's driver.</summary>
    public delegate void Target(ReadOnlySpan<byte> data);

    /// <summary>The same; returns whether the data reached the code that the promise is about.</summary>
    internal delegate bool Promise(ReadOnlySpan<byte> data);

    internal delegate PrologueResult Scan(ReadOnlySpan<byte> bytes, bool isComplete, int pushed);

    internal delegate SetCookieOutcome FilterLine(string line, in SetCookieContext context);

    private static readonly Site Site = TestSites.Compiled(TestSites.Library("http://127.0.0.1:1"));
    private static readonly ScriptAddress Script = new("https", "www.example.org", "/_choices", "/_choices/0.js");
    private static readonly ConfigLoader Loader = new(_ => null, new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TestSites.Noon));
    private static readonly byte[] Line = HtmlCase.Line.ToArray();

    internal static readonly IReadOnlyDictionary<string, Promise> All = new Dictionary<string, Promise>
    {
        ["scanner"] = data => Scans(data, PrologueScanner.Scan),
        ["splice"] = data => Splices(data, Spliced),
        ["cookies"] = data => Filters(data, SetCookieFilter.Filter, CookieHeaderFilter.Filter),
        ["policies"] = data => Edits(data, ScriptPolicy.Judge),
        ["configuration"] = data => Reads(data, Check),
    };

    /// <summary>The signature for AFL's driver.</summary>
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
    /// A result for a part of the data is the result for the whole. Before the place there is no token that opens the head and no unfinished
    /// token, and the bytes after it do not change the result.
    /// </summary>
    internal static bool Scans(ReadOnlySpan<byte> data, Scan scan)
    {
        var whole = scan(data, isComplete: true, Line.Length);
        Assert.NotEqual(Verdict.NeedMore, whole.Verdict);
        Assert.InRange(whole.Offset, 0, data.Length);
        var part = scan(data[..(data.Length / 2)], isComplete: false, Line.Length);
        if (part.Verdict is not Verdict.NeedMore)
            Assert.Equal(part, whole);

        // Without a charset declaration that moves it.
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
        // A tag, because a character reference at the end is unfinished.
        var end = "<p>"u8;
        ReadOnlySpan<byte> rest = [.. prologue, .. end];
        while (!(rest = rest[Invisible.SpaceLength(rest)..]).SequenceEqual(end))
        {
            var token = Token.Read(rest);
            Assert.True(token.Length > 0 && !token.ImpliesHead, Encoding.Latin1.GetString(rest));
            rest = rest[token.Length..];
        }
    }

    /// <summary>
    /// A spliced body is the original with one stored block after the gzip header. The block repeats the start of the decoded page and ends
    /// with the line, and a strict decoder that accepts the original accepts the spliced body.
    /// </summary>
    /// <param name="splice">Returns the spliced body; null for a body that is not spliced.</param>
    internal static bool Splices(ReadOnlySpan<byte> data, Func<byte[], byte[]?> splice)
    {
        var body = data.ToArray();
        if (splice(body) is not { } spliced)
            return false;

        var (header, text) = BlockOf(body, spliced);
        Assert.True(text.AsSpan().EndsWith(Line));
        var prologue = text[..^Line.Length];
        var start = TryRead(new DeflateStream(new MemoryStream(body[header..]), CompressionMode.Decompress), prologue.Length);

        // Null where the data is damaged after the prologue, for which the framework returns nothing at all.
        if (start is not null)
            Assert.Equal(prologue, start);

        // The end of what follows the first member is not its trailer.
        if (TryGunzip(body) is not { } page || !EndsWithTrailer(body, page.Length))
            return false;
        byte[] expected = [.. text, .. page];
        Assert.Equal(expected, TryGunzip(spliced));
        return true;
    }

    /// <summary>The length of the gzip header and the text of the block after it, in a body that is the original but for block and trailer.</summary>
    internal static (int Header, byte[] Text) BlockOf(byte[] body, byte[] spliced)
    {
        const int BlockHeader = 5;
        Assert.Equal(OperationStatus.Done, CodingHeader.Measure(ContentCoding.Gzip, body, out var header));
        var trailer = Math.Min(8, body.Length - header);
        Assert.Equal(body[..header], spliced[..header]);
        var block = spliced.AsSpan(header);
        var length = BinaryPrimitives.ReadUInt16LittleEndian(block[1..]);
        Assert.Equal((0, (ushort)~length), (block[0], BinaryPrimitives.ReadUInt16LittleEndian(block[3..])));
        Assert.Equal(body.Length + BlockHeader + length, spliced.Length);
        Assert.Equal(body[header..^trailer], spliced[(header + BlockHeader + length)..^trailer]);
        return (header, block.Slice(BlockHeader, length).ToArray());
    }

    /// <summary>The spliced body as it is delivered; null where the page is not spliced.</summary>
    internal static byte[]? Spliced(byte[] body)
    {
        var terms = new PeekTerms(DocumentPlan.Document, ContentCoding.Gzip, CharsetIsNamed: true);
        using var peek = HtmlPeek.StartAsync(new MemoryStream(body), terms, Line, TimeProvider.System, ArrayPool<byte>.Shared, default).AsTask().GetAwaiter().GetResult();
        using var delivered = peek.Body;
        if (peek.Reason is not null || peek.IsDecoded)
            return null;
        peek.Commit();
        var result = new MemoryStream();
        peek.Body.CopyTo(result);
        return result.ToArray();
    }

    /// <summary>
    /// A kept line is granted, and is the same string unless browsers read it in different ways. An edited line needs no second edit. A cookie that
    /// stays in the request may be sent.
    /// </summary>
    internal static bool Filters(
        ReadOnlySpan<byte> data, FilterLine filterLine, Func<string, CookieTable, Grants, GatewayCookie, CookieHeaderOutcome> filterHeader)
    {
        var text = Encoding.Latin1.GetString(data);
        var grants = Grants.ExemptOnly;
        var context = new SetCookieContext(Site.Table, grants, Site.GatewayCookie, text, TestSites.Noon);
        var outcome = filterLine(text, context);
        if (outcome.Fate is CookieFate.Kept)
        {
            Assert.True(outcome.Row is not null && grants.Allows(outcome.Row.Entry));
            Assert.Same(outcome.Line, filterLine(outcome.Line!, context).Line);
            Assert.Same(outcome.Line, SetCookieLine.TryRead(text, out var read) && read.ExpiryAt(context.Now).IsClear ? text : outcome.Line);
        }
        else if (outcome.Fate is CookieFate.Shortened or CookieFate.Emptied)
        {
            Assert.Same(outcome.Line, filterLine(outcome.Line!, context).Line);
        }
        else
        {
            Assert.Null(outcome.Line);
        }

        var header = filterHeader(text, Site.Table, grants, Site.GatewayCookie);
        foreach (var pair in new CookiePairs(header.Header ?? ""))
        {
            var row = Site.Table.Find(pair.Name);
            Assert.True(row is null ? pair.Name.IsEmpty && pair.Value.IsEmpty : grants.Allows(row.Entry));
        }

        Assert.True(header.Cut.Count > 0 || header.Header is null || header.Header.Length <= text.Length);
        return outcome.Line is not null && header.Header is not null;
    }

    /// <summary>An edited policy allows the script and has everything that it had before, except <c>'none'</c>.</summary>
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

    /// <summary>Any file is either read or has problems, each with a line of the file. A configuration without problems compiles.</summary>
    internal static bool Reads(ReadOnlySpan<byte> data, Func<byte[], LoadedFile> check)
    {
        var lines = data.Count((byte)'\n') + data.Count((byte)'\r') + 1;
        var file = check(data.ToArray());
        Assert.All(file.Diagnostics, problem => Assert.InRange(problem.Line, 0, lines));
        if (!file.IsValid)
            return false;
        Assert.NotNull(file.Document?.Config);
        var whole = ConfigLoader.Combine("fuzz.json", [file]);
        if (whole.IsValid)
            Assert.NotNull(whole.Config.Compile(TestSites.Changed, TestSites.Today));
        return true;
    }

    internal static LoadedFile Check(byte[] content) => Loader.Parse("fuzz.json", content);

    private static byte[]? TryGunzip(ReadOnlySpan<byte> body) => TryRead(new GZipStream(new MemoryStream(body.ToArray()), CompressionMode.Decompress));

    private static bool EndsWithTrailer(ReadOnlySpan<byte> body, int length) =>
        BinaryPrimitives.ReadInt32LittleEndian(body[^4..]) == length && TryGunzip([.. body[..^1], (byte)~body[^1]]) is null;

    /// <summary>The first <paramref name="count"/> bytes of a decoder, or all; null if the data is damaged.</summary>
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

    /// <summary>Whether a text is a subsequence of another one.</summary>
    private static bool IsWithin(string text, string other)
    {
        var at = 0;
        foreach (var c in other)
            at += at < text.Length && text[at] == c ? 1 : 0;
        return at == text.Length;
    }
}
