using Gateway.Html;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Tests.Html;

/// <summary>Runs a peek to its end. Time stands still in it.</summary>
internal static class Peek
{
    public static async Task<(PeekOutcome Outcome, byte[] Body)> AllAsync(
        Stream origin, ContentCoding coding = ContentCoding.Identity, DocumentPlan plan = DocumentPlan.Document)
    {
        var cancelled = TestContext.Current.CancellationToken;
        var outcome = await HtmlPeek.PeekAsync(origin, coding, plan, HtmlCase.Line, new FakeTimeProvider(), cancelled);
        await using var body = outcome.Body;
        return (outcome, Shown(outcome, coding, await DrainAsync(body)));
    }

    /// <summary>The page that a body shows: decoded where we delivered it coded, and a spliced page without its second prologue.</summary>
    public static byte[] Shown(PeekOutcome outcome, ContentCoding coding, byte[] delivered)
    {
        if (!outcome.Injected || outcome.Decoded || coding is ContentCoding.Identity)
            return delivered;

        var page = Coded.Browse(delivered);
        var at = page.AsSpan().IndexOf(HtmlCase.Line.Span);
        var behind = page.AsSpan(at + HtmlCase.Line.Length);
        Assert.True(behind.StartsWith(page.AsSpan(0, at)), "Behind the line the page does not begin anew.");
        return [.. page[..at], .. HtmlCase.Line.Span, .. behind[at..]];
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
