using System.Text;
using Gateway.Html;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Tests.Html;

/// <summary>Backends that send a page bit by bit. The clock moves only when a test moves it.</summary>
public sealed class SlowOriginTests : IDisposable
{
    // What the gateway promises; not its own constant, which a test could not hold it to.
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(50);

    private readonly FakeTimeProvider _time = new();
    private readonly OriginStream _origin = new();

    public void Dispose() => _origin.Dispose();

    [Fact, Row("C8")]
    public async Task The_first_byte_may_take_as_long_as_it_takes()
    {
        var peek = PeekAsync();
        _time.Advance(TimeSpan.FromHours(1));
        Assert.False(peek.IsCompleted);
        Send("<!doctype html><html><head><meta charset=utf-8>");
        Assert.True((await peek).Injected);
    }

    [Fact, Row("A2", "C1")]
    public async Task An_unfinished_prologue_is_passed_on_when_the_time_is_up()
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
    public async Task The_read_that_came_too_late_is_delivered_next()
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
            var reads = _origin.Reads;
            Send(" ");
            while (_origin.Reads == reads)
                await Task.Yield();
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.False(peek.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal("slow_prologue", (await peek.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)).Reason);
    }

    [Fact]
    public async Task A_known_place_is_used_when_the_time_is_up()
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
    public async Task Text_is_not_held_back_at_all()
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
    public async Task Nothing_is_lost_or_doubled_wherever_the_time_runs_out(string coding)
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
    public async Task Pieces_behind_the_peek_are_passed_on_as_they_come()
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
    public async Task So_are_the_flushes_of_a_coded_page(string coding)
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

    private async Task<PeekOutcome> TooLateAsync()
    {
        var peek = PeekAsync();
        Assert.False(peek.IsCompleted);
        _time.Advance(Budget);
        return await peek;
    }

    private Task<PeekOutcome> PeekAsync() => PeekAsync(_origin, ContentCoding.Identity);

    private Task<PeekOutcome> PeekAsync(OriginStream origin, ContentCoding coding) => HtmlPeek.PeekAsync(
        origin, coding, DocumentPlan.Document, HtmlCase.Line, _time, TestContext.Current.CancellationToken).AsTask()
        .WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

    private void Send(string piece) => _origin.Send(Encoding.ASCII.GetBytes(piece));

    private static async Task<string> ReadAsync(Stream body)
    {
        var buffer = new byte[64 * 1024];
        var count = await body.ReadAsync(buffer, TestContext.Current.CancellationToken);
        return Encoding.ASCII.GetString(buffer.AsSpan(0, count));
    }
}
