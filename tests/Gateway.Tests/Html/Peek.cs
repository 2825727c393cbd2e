using System.Buffers;
using Gateway.Html;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Tests.Html;

/// <summary>The result of a peek after its commit, where one was possible.</summary>
internal sealed record Outcome(string? Reason, bool Decoded, int Added, Stream Body)
{
    public bool Injected => Reason is null;
}

/// <summary>Runs a peek and reads the body. The clock stands still unless the test brings its own.</summary>
internal static class Peek
{
    public static Task<Outcome> RunAsync(
        Stream origin, ContentCoding coding = ContentCoding.Identity, DocumentPlan plan = DocumentPlan.Document, TimeProvider? time = null, ArrayPool<byte>? pool = null) =>
        RunAsync(origin, new PeekTerms(plan, coding), time, pool);

    public static async Task<Outcome> RunAsync(
        Stream origin, PeekTerms terms, TimeProvider? time = null, ArrayPool<byte>? pool = null, CancellationToken? cancellationToken = null)
    {
        using var peek = await HtmlPeek.StartAsync(
                origin, terms, HtmlCase.Line, time ?? new FakeTimeProvider(), pool ?? ArrayPool<byte>.Shared, cancellationToken ?? TestContext.Current.CancellationToken)
            .AsTask().WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken);
        Assert.Null(peek.Error);
        if (peek.Reason is null)
            peek.Commit();
        return new(peek.Reason, peek.IsDecoded, peek.Added, peek.Body);
    }

    public static async Task<(Outcome Outcome, byte[] Body)> AllAsync(
        Stream origin, ContentCoding coding = ContentCoding.Identity, DocumentPlan plan = DocumentPlan.Document)
    {
        var outcome = await RunAsync(origin, coding, plan);
        await using var body = outcome.Body;
        return (outcome, Shown(outcome, coding, await DrainAsync(body)));
    }

    /// <summary>The page as a browser decodes it, and a spliced page without its second prologue.</summary>
    public static byte[] Shown(Outcome outcome, ContentCoding coding, byte[] delivered)
    {
        if (!outcome.Injected || outcome.Decoded || coding is ContentCoding.Identity)
            return delivered;

        var page = Coded.Browse(delivered);
        var at = page.AsSpan().IndexOf(HtmlCase.Line.Span);
        var after = page.AsSpan(at + HtmlCase.Line.Length);
        Assert.True(after.StartsWith(page.AsSpan(0, at)), "The page does not start again after the line.");
        return [.. page[..at], .. HtmlCase.Line.Span, .. after[at..]];
    }

    public static async Task<byte[]> DrainAsync(Stream body, int bufferSize = 64 * 1024)
    {
        var result = new MemoryStream();
        var buffer = new byte[bufferSize];
        while (await body.ReadAsync(buffer, TestContext.Current.CancellationToken) is var count and > 0)
            result.Write(buffer, 0, count);
        return result.ToArray();
    }
}
