using System.Buffers;
using System.Text;
using Gateway.Html;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Tests.Html;

/// <summary>Backends that send a page in small pieces. The clock moves only when a test advances it.</summary>
public sealed class SlowOriginTests : IDisposable
{
    // The documented value, not the gateway's constant: a change of that must fail a test.
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(50);

    private readonly FakeTimeProvider _time = new();
    private readonly OriginStream _origin = new();

    public void Dispose() => _origin.Dispose();

    [Fact, Row("C8")]
    public async Task The_place_is_found_after_any_wait_for_the_first_byte()
    {
        var starting = HtmlPeek.StartAsync(
            _origin, new PeekTerms(DocumentPlan.Document), HtmlCase.Line, _time, ArrayPool<byte>.Shared, TestContext.Current.CancellationToken).AsTask();
        Assert.False(starting.IsCompleted);
        _time.Advance(Budget);
        using var peek = await starting;
        Assert.True(peek.IsLate);
        var continuing = peek.ContinueAsync(
            new PeekTerms(DocumentPlan.Document), _time, ArrayPool<byte>.Shared, TestContext.Current.CancellationToken).AsTask();
        _time.Advance(TimeSpan.FromHours(1));
        Assert.False(continuing.IsCompleted);
        Send("<!doctype html>");
        _time.Advance(Budget - TimeSpan.FromMilliseconds(1));
        Send("<html><head><meta charset=utf-8>");
        await continuing;
        Assert.Equal((false, null), (peek.IsLate, peek.Reason));
    }

    [Fact, Row("A2", "C1")]
    public async Task An_unfinished_prologue_passes_unchanged_after_the_budget()
    {
        Send("<!doctype html>");
        var peek = PeekAsync();
        _time.Advance(Budget - TimeSpan.FromMilliseconds(1));
        Assert.False(peek.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var outcome = await peek;
        Assert.Equal((false, "slow_prologue"), (outcome.Injected, outcome.Reason));
        Assert.Equal("<!doctype html>", await ReadAsync(outcome.Body));
    }

    [Fact]
    public async Task The_bytes_of_a_read_that_exceeded_the_budget_are_delivered_next()
    {
        Send("<!doctype html>");
        var outcome = await TooLateAsync();
        await ReadAsync(outcome.Body);
        var next = ReadAsync(outcome.Body);
        Assert.False(next.IsCompleted);
        Send("<html><head>");
        Assert.Equal("<html><head>", await next);
        Send("<title>");
        _origin.End();
        Assert.Equal("<title>", Encoding.ASCII.GetString(await Peek.DrainAsync(outcome.Body)));
    }

    [Fact]
    public async Task The_budget_is_for_the_whole_peek_and_not_for_each_read()
    {
        Send("<!doctype html>");
        var peek = PeekAsync();
        for (var milliseconds = 10; milliseconds < 50; milliseconds += 10)
        {
            var next = _origin.NextReadAsync();
            Send(" ");
            await next.WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken);
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.False(peek.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal("slow_prologue", (await peek).Reason);
    }

    [Fact]
    public async Task A_place_that_is_known_is_used_after_the_budget()
    {
        Send("<!doctype html><html><head>");
        var outcome = await TooLateAsync();
        Assert.True(outcome.Injected);
        Assert.Equal("<!doctype html><html><head>" + Encoding.ASCII.GetString(HtmlCase.Line.Span), await ReadAsync(outcome.Body));
        var next = ReadAsync(outcome.Body);
        Send("<title>t</title>");
        Assert.Equal("<title>t</title>", await next);
    }

    [Fact]
    public async Task Text_is_not_held_back()
    {
        Send("{\"ok\":");
        var peek = PeekAsync();
        Assert.True(peek.IsCompleted);
        Assert.Equal("no_document", (await peek).Reason);
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData(Coded.RawDeflate)]
    [InlineData("br")]
    public async Task No_byte_is_lost_or_repeated_wherever_the_budget_ends(string coding)
    {
        var page = Encoding.ASCII.GetBytes("<!doctype html><html><head><title>t</title></head><body><p>Some text, some more.</body></html>");
        var coded = Coded.Encode(coding, page);
        var injected = new List<bool>();
        for (var split = 1; split < coded.Length; split++)
        {
            var origin = new OriginStream();
            origin.Send(coded.AsSpan(..split));
            var peek = PeekAsync(origin, Coded.Coding(coding));
            _time.Advance(Budget);
            var outcome = await peek;
            origin.Send(coded.AsSpan(split..));
            origin.End();
            var body = await Peek.DrainAsync(outcome.Body);
            byte[] extended = [.. page[..27], .. HtmlCase.Line.Span, .. page[27..]];
            Assert.Equal(outcome.Injected ? extended : coded, Peek.Shown(outcome, Coded.Coding(coding), body));
            injected.Add(outcome.Injected);
        }

        Assert.Contains(true, injected);
        Assert.Contains(false, injected);
    }

    [Fact, Row("C1")]
    public async Task Pieces_after_the_peek_are_delivered_as_they_arrive()
    {
        Send("<!doctype html><html><head><meta charset=utf-8>");
        var outcome = await PeekAsync();
        await ReadAsync(outcome.Body);
        foreach (var piece in new[] { "a", "bc", "def" })
        {
            var next = ReadAsync(outcome.Body);
            Assert.False(next.IsCompleted);
            Send(piece);
            Assert.Equal(piece, await next);
        }
    }

    [Theory, Row("B11")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task Flushed_pieces_of_a_coded_page_are_delivered_as_they_arrive(string coding)
    {
        var coded = new MemoryStream();
        await using var coder = Coded.Coder(coding, coded);
        void SendCoded(string text)
        {
            coder.Write(Encoding.ASCII.GetBytes(text));
            coder.Flush();
            _origin.Send(coded.ToArray());
            coded.SetLength(0);
        }

        SendCoded("<!doctype html><html><head><meta charset=utf-8>");
        var outcome = await PeekAsync(_origin, Coded.Coding(coding));
        Assert.True(outcome.Decoded);
        await ReadAsync(outcome.Body);
        foreach (var piece in new[] { "a", "bc", "def" })
        {
            var empty = outcome.Body.ReadAsync(Memory<byte>.Empty, TestContext.Current.CancellationToken);
            Assert.False(empty.IsCompleted);
            SendCoded(piece);
            Assert.Equal(0, await empty);
            Assert.Equal(piece, await ReadAsync(outcome.Body));
        }
    }

    private async Task<Outcome> TooLateAsync()
    {
        var peek = PeekAsync();
        Assert.False(peek.IsCompleted);
        _time.Advance(Budget);
        return await peek;
    }

    private Task<Outcome> PeekAsync() => PeekAsync(_origin, ContentCoding.Identity);

    private Task<Outcome> PeekAsync(OriginStream origin, ContentCoding coding) =>
        Peek.RunAsync(origin, coding, time: _time).WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken);

    private void Send(string piece) => _origin.Send(Encoding.ASCII.GetBytes(piece));

    private static async Task<string> ReadAsync(Stream body)
    {
        var buffer = new byte[64 * 1024];
        var count = await body.ReadAsync(buffer, TestContext.Current.CancellationToken);
        return Encoding.ASCII.GetString(buffer.AsSpan(0, count));
    }
}
