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
        return (outcome, await DrainAsync(body));
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
