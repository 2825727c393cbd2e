using System.Text;
using Gateway.Config;
using Gateway.Cookies;
using Gateway.Html;
using Gateway.Tests.Html;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Fuzz;

/// <summary>
/// What is fed with anything. A target throws where a promise is broken, and only there. Under SharpFuzz they run as
/// <c>Fuzzer.LibFuzzer.Run(Targets.Scanner)</c>, or out of process as <c>Fuzzer.OutOfProcess.Run(Targets.From(Targets.Scanner))</c>.
/// </summary>
public static class Targets
{
    /// <summary>The shape that libFuzzer's driver takes.</summary>
    public delegate void Target(ReadOnlySpan<byte> data);

    private static readonly Site Site = Sites.Compiled(Sites.Library("http://127.0.0.1:1"));
    private static readonly ScriptAddress Script = new("https", "www.example.org", "/_choices", "/_choices/0.js");
    private static readonly ConfigLoader Loader = new(_ => null, new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Sites.Noon));
    private static readonly byte[] Line = HtmlCase.Line.ToArray();

    public static readonly IReadOnlyDictionary<string, Target> All = new Dictionary<string, Target>
    {
        ["scanner"] = Scanner,
        ["splice"] = Splice,
        ["cookies"] = Cookies,
        ["policies"] = Policies,
        ["configuration"] = Configuration,
    };

    /// <summary>The shape that AFL's driver takes.</summary>
    public static Action<Stream> From(Target target) => stream =>
    {
        var data = new MemoryStream();
        stream.CopyTo(data);
        target(data.ToArray());
    };

    /// <summary>What is said of a part is said of the whole, and a place lies within the bytes.</summary>
    public static void Scanner(ReadOnlySpan<byte> data)
    {
        var whole = PrologueScanner.Scan(data, isComplete: true, Line.Length);
        Assert.NotEqual(Verdict.NeedMore, whole.Verdict);
        Assert.InRange(whole.Offset, 0, data.Length);
        var part = PrologueScanner.Scan(data[..(data.Length / 2)], isComplete: false, Line.Length);
        if (part.Verdict is not Verdict.NeedMore)
            Assert.Equal(part, whole);
    }

    /// <summary>What is said of compressed bytes agrees with what they decode to, and nothing is read or written beyond them.</summary>
    public static void Splice(ReadOnlySpan<byte> data)
    {
        var room = new byte[GzipSplice.Room];
        var found = GzipSplice.Look(data, isComplete: true, Line, charsetIsNamed: true, room, out var length);
        if (found.Verdict is not Verdict.At)
            return;

        var text = GzipSplice.TextOf(room.AsSpan(0, length));
        Assert.True(text.EndsWith(Line));
        Assert.InRange(found.Offset, 10, data.Length);
        var decoded = new byte[text.Length - Line.Length];
        using var framework = new System.IO.Compression.DeflateStream(new MemoryStream(data[found.Offset..].ToArray()), System.IO.Compression.CompressionMode.Decompress);
        try
        {
            framework.ReadExactly(decoded);
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
        {
            // Damaged behind the prologue, which the framework tells before it gives anything.
            return;
        }

        Assert.Equal(decoded, text[..^Line.Length].ToArray());
    }

    /// <summary>A kept line is the very same string and granted; a kept request cookie was sent; nothing that was cut is left.</summary>
    public static void Cookies(ReadOnlySpan<byte> data)
    {
        var text = Encoding.Latin1.GetString(data);
        var grants = Grants.ExemptOnly;
        var outcome = SetCookieFilter.Filter(text, new(Site.Table, grants, Site.Own, text, Sites.Noon));
        if (outcome.Fate is CookieFate.Kept)
            Assert.True(ReferenceEquals(text, outcome.Line) && outcome.Row is not null && grants.Allows(outcome.Row.Entry));
        else if (outcome.Fate is not (CookieFate.Shortened or CookieFate.Emptied))
            Assert.Null(outcome.Line);

        var header = CookieHeaderFilter.Filter(text, Site.Table, grants, Site.Own);
        if (header.Header is null)
            return;
        Assert.True(header.Cut.Count > 0 || header.Header.Length <= text.Length);
        Assert.Empty(CookieHeaderFilter.Filter(header.Header, Site.Table, grants, Site.Own).Cut);
    }

    /// <summary>An edited policy lets the script run, and differs only by what was put in.</summary>
    public static void Policies(ReadOnlySpan<byte> data)
    {
        var policy = Encoding.Latin1.GetString(data);
        var outcome = ScriptPolicy.Judge([policy], Script);
        Assert.DoesNotContain('"', outcome.Nonce ?? "");
        if (outcome.Verdict is not PolicyVerdict.AllowedIfEdited)
        {
            Assert.Null(outcome.Lines);
            return;
        }

        var edited = outcome.Lines![0];
        Assert.Equal(PolicyVerdict.Allowed, ScriptPolicy.JudgeFor(outcome.Nonce, [edited], Script).Verdict);
        Assert.Equal(policy.Count(c => c == ','), edited.Count(c => c == ','));
    }

    /// <summary>Whatever a file holds, it is read or its problems are told, each at a place within it.</summary>
    public static void Configuration(ReadOnlySpan<byte> data)
    {
        var lines = data.Count((byte)'\n') + data.Count((byte)'\r') + 1;
        var file = Loader.Check("fuzz.json", "", data.ToArray());
        Assert.All(file.Problems, problem => Assert.InRange(problem.Line, 0, lines));
        if (file.IsValid)
            Assert.NotNull(new Snapshot(ConfigLoader.Combine("fuzz.json", [file]).Config, Sites.Changed, Sites.Today));
    }
}
