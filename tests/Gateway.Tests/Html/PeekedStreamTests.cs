using Gateway.Html;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Tests.Html;

/// <summary>What a reader of the body sees: empty reads, errors, and the end of borrowed memory.</summary>
public sealed class PeekedStreamTests : IDisposable
{
    private static readonly byte[] Start = "<html><head><meta charset=utf-8>"u8.ToArray();

    private readonly OriginStream _origin = new();
    private readonly CountingPool _pool = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _origin.Dispose();

    [Fact]
    public async Task A_body_neither_seeks_nor_takes_writes()
    {
        _origin.Send(Start);
        var body = (await PeekAsync()).Body;
        Assert.Equal((true, false, false), (body.CanRead, body.CanSeek, body.CanWrite));
        foreach (var act in new Action[] { () => _ = body.Length, () => _ = body.Position, () => body.Position = 0, () => body.Seek(0, SeekOrigin.Begin), () => body.SetLength(0), () => body.Write([1], 0, 1) })
            Assert.Contains("from its beginning to its end", Assert.Throws<NotSupportedException>(act).Message);
    }

    [Fact, Row("C9")]
    public async Task An_empty_read_comes_back_at_once_while_peeked_bytes_are_waiting()
    {
        _origin.Send(Start);
        var body = (await PeekAsync()).Body;
        Assert.Equal(0, await ReadAsync(body, 0));
        Assert.Equal(0, _origin.EmptyReads);
    }

    [Fact, Row("C9")]
    public async Task Later_an_empty_read_waits_in_the_stream_underneath()
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
    public async Task An_empty_read_waits_for_a_read_that_came_too_late()
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
    public async Task The_line_comes_with_what_is_around_it_in_one_read()
    {
        _origin.Send(Start);
        var body = (await PeekAsync()).Body;
        Assert.Equal(Start.Length + HtmlCase.Line.Length, await ReadAsync(body, 1000));
    }

    [Fact]
    public async Task It_can_be_read_synchronously_and_copied()
    {
        var page = new MemoryStream([.. Start, .. new byte[100_000]]);
        var outcome = await HtmlPeek.PeekAsync(
            page, ContentCoding.Identity, DocumentPlan.Document, HtmlCase.Line, _time, TestContext.Current.CancellationToken);
        Assert.Equal(10, outcome.Body.Read(new byte[20], 5, 10));
        var rest = new MemoryStream();
        outcome.Body.CopyTo(rest);
        Assert.Equal(page.Length + HtmlCase.Line.Length - 10, rest.Length);
    }

    [Fact]
    public async Task An_error_before_anything_was_delivered_comes_out_of_the_peek()
    {
        _origin.Fail(new IOException("reset"));
        await Assert.ThrowsAsync<IOException>(PeekAsync);
        Assert.Equal((0, 1), (_pool.Lent, _origin.Disposals));
    }

    [Fact, Row("A8")]
    public async Task So_does_one_that_interrupts_the_prologue()
    {
        _origin.Send("<!doctype html>"u8);
        var peek = PeekAsync();
        _origin.Fail(new IOException("reset"));
        await Assert.ThrowsAsync<IOException>(() => peek);
        Assert.Equal(0, _pool.Lent);
    }

    [Fact]
    public async Task An_error_behind_the_peek_comes_out_of_the_read_after_the_last_byte()
    {
        _origin.Send(Start);
        var body = (await PeekAsync()).Body;
        _origin.Fail(new IOException("reset"));
        await ReadAsync(body, 1000);
        await Assert.ThrowsAsync<IOException>(() => ReadAsync(body, 1000));
    }

    [Fact]
    public async Task An_error_of_a_read_that_came_too_late_comes_out_every_time()
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
        var peek = HtmlPeek.PeekAsync(
            _origin, ContentCoding.Identity, new PeekTerms(), DocumentPlan.Document, HtmlCase.Line, _time, _pool, cancelled.Token).AsTask();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => peek);
        Assert.Equal(0, _pool.Lent);
    }

    [Fact]
    public async Task Cancelling_a_read_ends_its_wait_for_one_that_came_too_late()
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
    public async Task Memory_goes_back_with_the_last_peeked_byte_and_not_at_the_end(string name, string coding)
    {
        var page = HtmlCase.Of(name);
        var origin = new OriginStream();
        origin.Send(Coded.Encode(coding, page.Input));
        origin.Send(new byte[20_000]);
        var outcome = await HtmlPeek.PeekAsync(
            origin, Coded.Coding(coding), new PeekTerms(), page.Plan, HtmlCase.Line, _time, _pool, TestContext.Current.CancellationToken);
        await outcome.Body.ReadExactlyAsync(new byte[page.Expected?.Length ?? 1], TestContext.Current.CancellationToken);
        await ReadAsync(outcome.Body, 64 * 1024);
        Assert.Equal(0, _pool.Lent);
        await outcome.Body.DisposeAsync();
        outcome.Body.Dispose();
        Assert.NotEqual(0, origin.Disposals);
    }

    [Fact, Row("C7")]
    public async Task Memory_of_an_unread_body_goes_back_when_it_is_disposed_of()
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
    public async Task Memory_that_a_late_read_may_still_write_to_never_goes_back()
    {
        var body = (await TooLateAsync()).Body;
        body.Dispose();
        Assert.Equal(1, _pool.Lent);
    }

    private async Task<PeekOutcome> TooLateAsync()
    {
        _origin.Send("<html>"u8);
        var peek = PeekAsync();
        _time.Advance(TimeSpan.FromMilliseconds(50));
        return await peek;
    }

    private Task<PeekOutcome> PeekAsync() => HtmlPeek.PeekAsync(
        _origin, ContentCoding.Identity, new PeekTerms(), DocumentPlan.Document, HtmlCase.Line, _time, _pool, TestContext.Current.CancellationToken).AsTask();

    private static Task<int> ReadAsync(Stream body, int length) =>
        body.ReadAsync(new byte[length], TestContext.Current.CancellationToken).AsTask();
}
