using System.Net;

namespace Gateway.Edge;

/// <summary>The content that YARP reads instead of the one of the backend, which is disposed of with it.</summary>
internal sealed class ReplacedContent(Stream body, HttpContent original) : HttpContent
{
    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult(body);

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => body;

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
