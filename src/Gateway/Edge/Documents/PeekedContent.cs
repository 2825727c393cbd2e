using System.Net;

namespace Gateway.Edge.Documents;

/// <summary>A response body whose start has been looked at: the proxy reads it instead of the original.</summary>
internal sealed class PeekedContent(Stream body, HttpContent original) : HttpContent
{
    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult(body);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => body.CopyToAsync(stream);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
            original.Dispose();
        }

        base.Dispose(disposing);
    }
}
