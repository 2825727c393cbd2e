using System.Net;

namespace Gateway.Edge.Proxy;

/// <summary>Sends a request again if that is safe: nothing of it was sent, or its method is idempotent (RFC 9110 9.2.2).</summary>
/// <remarks>HttpClient itself repeats requests without content if the backend closes the connection in an orderly way, but not after a reset.</remarks>
internal sealed class RepeatingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var hasBody = request.Content is { Headers.ContentLength: not 0 };
        if (hasBody)
            request.Content = new OneTimeContent(request.Content!);
        var mayRepeat = !hasBody && IsIdempotent(request.Method);
        while (true)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException error) when (IsGone(error) && !cancellationToken.IsCancellationRequested)
            {
                // This ends: the pool loses one connection each time, and a new connection is never gone.
            }
            catch (HttpRequestException error) when (mayRepeat && IsBroken(error, request) && !cancellationToken.IsCancellationRequested)
            {
                mayRepeat = false;
            }
        }
    }

    private static bool IsIdempotent(HttpMethod method) =>
        method == HttpMethod.Get || method == HttpMethod.Head || method == HttpMethod.Put || method == HttpMethod.Delete
        || method == HttpMethod.Options || method == HttpMethod.Trace;

    private static bool IsGone(Exception? error)
    {
        while (error is not null and not ConnectionGoneException)
            error = error.InnerException;
        return error is not null;
    }

    // Not where no connection was made, and not where the response is malformed.
    private static bool IsBroken(HttpRequestException error, HttpRequestMessage request) =>
        error.InnerException is IOException
        && (error.HttpRequestError == HttpRequestError.Unknown || (error.HttpRequestError == HttpRequestError.ResponseEnded && request.Content is not null));

    /// <summary>A body that is read from the client, and therefore only once: not before the head of the request was written.</summary>
    private sealed class OneTimeContent : HttpContent
    {
        private readonly HttpContent _body;

        public OneTimeContent(HttpContent body)
        {
            _body = body;
            foreach (var (name, lines) in body.Headers.NonValidated)
                Headers.TryAddWithoutValidation(name, lines);
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await BackendConnection.WriteHeadAsync(stream, cancellationToken);
            await _body.CopyToAsync(stream, context, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _body.Dispose();
            base.Dispose(disposing);
        }
    }
}
