using System.Net.Http.Headers;
using System.Text;
using Gateway.Edge.Endpoints;
using Gateway.Html;
using Gateway.Sites;
using Microsoft.Net.Http.Headers;

namespace Gateway.Edge.Documents;

/// <summary>
/// Ends the script of a service worker with a comment that names the policy for third parties. An installed worker keeps the policy with which
/// it was installed, until its script has other bytes (tried).
/// </summary>
internal static class ServiceWorkerScript
{
    // They describe the bytes of the backend.
    private static readonly string[] StaleHeaders =
        ["ETag", "Last-Modified", "Content-MD5", "Digest", "Content-Digest", "Repr-Digest", HeaderNames.AcceptRanges, "Use-As-Dictionary"];

    /// <summary>Whether a request is for the script of a service worker (Service Workers 8.1.1) whose policy the gateway changes.</summary>
    public static bool IsExtended(HttpRequest request, RequestState state) =>
        state.Site.ThirdParties.Mode == ThirdPartyMode.Enforce && ServiceWorkers.IsFetched(request) && HttpMethods.IsGet(request.Method);

    /// <summary>Asks the backend for the whole script, without a coding.</summary>
    public static void AskFor(HttpRequestHeaders headers)
    {
        foreach (var name in (ReadOnlySpan<string>)["Range", "If-Range", "If-None-Match", "If-Modified-Since", "Available-Dictionary", "Dictionary-ID"])
            headers.Remove(name);
        headers.Remove(HeaderNames.AcceptEncoding);
        headers.TryAddWithoutValidation(HeaderNames.AcceptEncoding, "identity");
    }

    /// <summary>Adds the comment; false if the response is no script, or has a coding all the same.</summary>
    public static bool TryExtend(HttpResponse response, HttpResponseMessage proxied, string policy)
    {
        if (response.StatusCode != StatusCodes.Status200OK || ContentCoding.Parse(response.Headers.ContentEncoding) is not ContentCoding.Identity)
            return false;

        var line = Encoding.ASCII.GetBytes($"\n//{policy}\n");
        if (response.Headers.ContentLength is { } length)
            response.Headers.ContentLength = length + line.Length;
        foreach (var name in StaleHeaders)
            response.Headers.Remove(name);
        proxied.Content = new ReplacedContent(new ExtendedStream(proxied.Content.ReadAsStream(), line), proxied.Content);
        return true;
    }

    private sealed class ExtendedStream(Stream script, byte[] line) : PullStream
    {
        private int _written = -1;

        // An empty buffer waits for data; at the end of the script, the line is there.
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = _written < 0 ? await script.ReadAsync(buffer, cancellationToken) : 0;
            return count > 0 || buffer.IsEmpty ? count : ReadLine(buffer.Span);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                script.Dispose();
            base.Dispose(disposing);
        }

        private int ReadLine(Span<byte> buffer)
        {
            _written = Math.Max(_written, 0);
            var count = Math.Min(buffer.Length, line.Length - _written);
            line.AsSpan(_written, count).CopyTo(buffer);
            _written += count;
            return count;
        }
    }
}
