using Gateway.Html;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Tests.Html;

/// <summary>Reading a body after the peek: empty reads, errors, and the return of pooled memory.</summary>
public sealed class PeekedStreamTests : IDisposable
{
    private static readonly byte[] Start = "<html><head><meta charset=utf-8>"u8.ToArray();

    private readonly OriginStream _origin = new();
    private readonly CountingPool _pool = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _origin.Dispose();

    [Fact]
    public async Task A_body_can_be_neither_sought_nor_written()
    {
        _origin.Send(Start);
        var body = (await PeekAsync()).Body;
        Assert.Equal((true, false, false), (body.CanRead, body.CanSeek, body.CanWrite));
        foreach (var act in new Action[] { () => _ = body.Length, () => _ = body.Position, () => body.Position = 0, () => body.Seek(0, SeekOrigin.Begin), () => body.SetLength(0), () => body.Write([1], 0, 1) })
            Assert.Contains("from its beginning to its end", Assert.Throws<NotSupportedException>(act).Message);
    }

    [Fact, Row("C9")]
    public async Task An_empty_read_returns_at_once_while_peeked_bytes_are_buffered()
    {
        _origin.Send(Start);
        var body = (await PeekAsync()).Body;
        Assert.Equal(0, await ReadAsync(body, 0));
        Assert.Equal(0, _origin.EmptyReads);
    }

    [Fact, Row("C9")]
    public async Task An_empty_read_after_the_peeked_bytes_waits_in_the_stream_underneath()
    {
        _origin.Send(Start);
        var body = (await PeekAsync()).Body;
        await ReadAsync(body, 1000);
        var empty = ReadAsync(body, 0);
        Assert.False(empty.IsCompleted);
        Assert.Equal(1, _origin.EmptyReads);
        _origin.Send("x"u8);
        Assert.Equal(0, await empty);
        Assert.Equal(1, await ReadAsync(body, 1000));
    }

    [Fact]
    public async Task An_empty_read_waits_for_a_read_that_exceeded_the_budget()
    {
        var body = (await TooLateAsync()).Body;
        await ReadAsync(body, 1000);
        var empty = ReadAsync(body, 0);
        Assert.False(empty.IsCompleted);
        _origin.Send("xyz"u8);
        Assert.Equal(0, await empty);
        Assert.Equal(0, _origin.EmptyReads);
        Assert.Equal(3, await ReadAsync(body, 1000));
    }

    [Fact]
    public async Task One_read_delivers_the_line_and_the_bytes_around_it()
    {
        _origin.Send(Start);
        var body = (await PeekAsync()).Body;
        Assert.Equal(Start.Length + HtmlCase.Line.Length, await ReadAsync(body, 1000));
    }

    [Fact]
    public async Task A_body_can_be_read_synchronously_and_copied()
    {
        var page = new MemoryStream([.. Start, .. new byte[100_000]]);
        var outcome = await Peek.RunAsync(page);
        Assert.Equal(10, outcome.Body.Read(new byte[20], 5, 10));
        var rest = new MemoryStream();
        outcome.Body.CopyTo(rest);
        Assert.Equal(page.Length + HtmlCase.Line.Length - 10, rest.Length);
    }

    [Fact]
    public async Task An_error_before_the_first_byte_is_thrown_by_the_peek()
    {
        _origin.Fail(new IOException("reset"));
        await Assert.ThrowsAsync<IOException>(PeekAsync);
        Assert.Equal((0, 1), (_pool.Lent, _origin.Disposals));
    }

    [Fact, Row("A8")]
    public async Task An_error_within_the_prologue_is_thrown_by_the_read_after_the_last_byte()
    {
        _origin.Send("<!doctype html>"u8);
        var peek = PeekAsync();
        _origin.Fail(new IOException("reset"));
        var outcome = await peek;
        Assert.Equal("no_document", outcome.Reason);
        Assert.Equal("<!doctype html>".Length, await ReadAsync(outcome.Body, 1000));
        await Assert.ThrowsAsync<IOException>(() => ReadAsync(outcome.Body, 1000));
        await outcome.Body.DisposeAsync();
        Assert.Equal(0, _pool.Lent);
    }

    [Theory, Row("A8")]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task Every_byte_of_a_coded_page_that_breaks_off_is_delivered_before_the_error(string coding)
    {
        var page = new byte[30_000];
        new Random(1).NextBytes(page);
        Start.CopyTo(page, 0);
        var coded = Coded.Encode(coding, page);
        _origin.Send(coded.AsSpan(..^1000));
        _origin.Fail(new IOException("reset"));
        var outcome = await Peek.RunAsync(_origin, Coded.Coding(coding), DocumentPlan.Document, _time, _pool);
        Assert.True(outcome.Injected);
        var delivered = 0;
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            while (true)
                delivered += await ReadAsync(outcome.Body, 7_000);
        });
        Assert.InRange(delivered, outcome.Decoded ? 28_500 : coded.Length - 1000 + outcome.Added, 30_000);
        await outcome.Body.DisposeAsync();
    }

    [Fact]
    public async Task An_error_after_the_peek_is_thrown_by_the_read_after_the_last_byte()
    {
        _origin.Send(Start);
        var body = (await PeekAsync()).Body;
        _origin.Fail(new IOException("reset"));
        await ReadAsync(body, 1000);
        await Assert.ThrowsAsync<IOException>(() => ReadAsync(body, 1000));
    }

    [Fact]
    public async Task An_error_of_a_read_that_exceeded_the_budget_is_thrown_by_every_read()
    {
        var body = (await TooLateAsync()).Body;
        _origin.Fail(new IOException("reset"));
        Assert.Equal("<html>".Length, await ReadAsync(body, 1000));
        await Assert.ThrowsAsync<IOException>(() => ReadAsync(body, 1000));
        await Assert.ThrowsAsync<IOException>(() => ReadAsync(body, 0));
        body.Dispose();
        Assert.Equal(0, _pool.Lent);
    }

    [Fact, Row("C7")]
    public async Task Cancelling_ends_the_wait_for_the_first_byte()
    {
        using var cancelled = new CancellationTokenSource();
        var peek = Peek.RunAsync(_origin, new PeekTerms(DocumentPlan.Document), _time, _pool, cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => peek);
        Assert.Equal(0, _pool.Lent);
    }

    [Fact]
    public async Task Cancelling_a_read_ends_its_wait_for_a_read_that_exceeded_the_budget()
    {
        var body = (await TooLateAsync()).Body;
        await ReadAsync(body, 1000);
        using var cancelled = new CancellationTokenSource();
        var read = body.ReadAsync(new byte[10], cancelled.Token).AsTask();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
    }

    [Theory, Row("C9")]
    [MemberData(nameof(HtmlCase.NamesInCodings), MemberType = typeof(HtmlCase))]
    public async Task Memory_is_returned_after_the_last_peeked_byte_and_not_at_the_end(string name, string coding)
    {
        var page = HtmlCase.Of(name);
        var origin = new OriginStream();
        origin.Send(Coded.Encode(coding, page.Input));
        origin.Send(new byte[20_000]);
        var outcome = await Peek.RunAsync(origin, Coded.Coding(coding), page.Plan, _time, _pool);
        await outcome.Body.ReadExactlyAsync(new byte[page.Expected?.Length ?? 1], TestContext.Current.CancellationToken);
        await ReadAsync(outcome.Body, 64 * 1024);
        Assert.Equal(0, _pool.Lent);
        await outcome.Body.DisposeAsync();
        outcome.Body.Dispose();
        Assert.NotEqual(0, origin.Disposals);
    }

    [Fact, Row("C7")]
    public async Task Memory_of_an_unread_body_is_returned_when_it_is_disposed_of()
    {
        _origin.Send(Start);
        var body = (await PeekAsync()).Body;
        Assert.Equal(1, _pool.Lent);
        body.Dispose();
        await body.DisposeAsync();
        Assert.Equal(0, _pool.Lent);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => ReadAsync(body, 10));
    }

    [Fact]
    public async Task Memory_that_a_pending_read_may_still_write_to_is_never_returned()
    {
        var body = (await TooLateAsync()).Body;
        body.Dispose();
        Assert.Equal(1, _pool.Lent);
    }

    [Theory, Row("C7")]
    [InlineData("identity")]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_body_without_a_commit_is_unchanged_and_memory_is_returned(string coding)
    {
        var coded = Coded.Encode(coding, [.. Start, .. new byte[30_000]]);
        using (var peek = await HtmlPeek.StartAsync(
            OriginStream.Of(coded), new PeekTerms(DocumentPlan.Document, Coded.Coding(coding)), HtmlCase.Line, _time, _pool, TestContext.Current.CancellationToken))
        {
            Assert.Null(peek.Reason);
            await using var body = peek.Body;
            Assert.Equal(coded, await Peek.DrainAsync(body));
        }

        Assert.Equal(0, _pool.Lent);
    }

    private async Task<Outcome> TooLateAsync()
    {
        _origin.Send("<html>"u8);
        var peek = PeekAsync();
        _time.Advance(TimeSpan.FromMilliseconds(50));
        return await peek;
    }

    private Task<Outcome> PeekAsync() => Peek.RunAsync(_origin, time: _time, pool: _pool);

    private static Task<int> ReadAsync(Stream body, int length) =>
        body.ReadAsync(new byte[length], TestContext.Current.CancellationToken).AsTask();
}
