using System.Text;
using Gateway.Html;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Html;

/// <summary>What takes long does not run on the thread that reads a body, which may be the one that polls all sockets.</summary>
public class WorkerThreadTests
{
    private static readonly byte[] Page = Encoding.ASCII.GetBytes("<!doctype html><html><head><title>t</title></head><body>" + new string('x', 50_000) + "</body></html>");

    [Theory]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("gzip")]
    public async Task A_body_is_decoded_on_the_thread_pool(string coding)
    {
        var terms = new PeekTerms(DocumentPlan.Document, ContentCoding.Parse(coding), IsUnrequested: true);
        Assert.True(await PollingThread.RunAsync(async () =>
        {
            using var peek = await HtmlPeek.StartAsync(
                OriginStream.Of(Coded.Encode(coding, Page)), terms, HtmlCase.Line, TimeProvider.System, System.Buffers.ArrayPool<byte>.Shared, CancellationToken.None);
            Assert.Null(peek.Reason);
        }));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task The_rest_of_a_body_is_decoded_on_the_thread_pool(string coding)
    {
        var outcome = await Peek.RunAsync(
            OriginStream.Of(Coded.Encode(coding, Noise()), 500), new PeekTerms(DocumentPlan.Document, ContentCoding.Parse(coding), IsUnrequested: true));
        await using var body = outcome.Body;
        Assert.True(await PollingThread.RunAsync(() => Peek.DrainAsync(body)));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task A_body_is_compressed_on_the_thread_pool(string coding)
    {
        await using var body = new CompressedStream(OriginStream.Of(Page), ContentCoding.Parse(coding));
        Assert.True(await PollingThread.RunAsync(() => Peek.DrainAsync(body)));
    }

    [Fact]
    public async Task A_gzip_page_that_is_extended_stays_on_the_thread_that_read_it()
    {
        Assert.False(await PollingThread.RunAsync(() => Peek.AllAsync(OriginStream.Of(Coded.Encode("gzip", Page)), ContentCoding.Gzip)));
    }

    // A page that does not compress, so that it does not arrive with its first bytes.
    private static byte[] Noise()
    {
        var page = (byte[])Page.Clone();
        new Random(1).NextBytes(page.AsSpan(100));
        return page;
    }
}
