using System.Buffers;
using System.IO.Pipelines;

namespace Gateway.Edge.Endpoints;

/// <summary>The checks that all POST endpoints of the gateway share, and their error responses.</summary>
internal static class GatewayPost
{
    /// <summary>How long the body of a post may take. It has a few kilobytes at most.</summary>
    public static readonly TimeSpan BodyTimeout = TimeSpan.FromSeconds(15);

    /// <summary>The status code and text with which to reject a request before its body is read; null to accept it.</summary>
    public static (int Status, string Reason)? Refusal(HttpContext context, RequestState state, PostLimits limits)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
            return (StatusCodes.Status405MethodNotAllowed, "Use POST.\n");
        if (!SameOrigin.Holds(context.Request, state.Site))
            return (StatusCodes.Status403Forbidden, "Only pages of this site can send this request.\n");
        return limits.Take(state.Client, state.Site.Config.Id) ? null : (StatusCodes.Status429TooManyRequests, "Too many requests from this address. Try again in a minute.\n");
    }

    /// <summary>Reads what a request posts, or answers it with the reason why not.</summary>
    /// <param name="refusal">The status code and text with which to reject the request before its body is read; null to accept it.</param>
    /// <param name="read">Reads the body; null with the status code and text of the response if it is not valid.</param>
    /// <returns>Null if the request is answered.</returns>
    public static async Task<T?> TakeAsync<T>(HttpContext context, (int Status, string Reason)? refusal, Func<Task<(T? Posted, int Status, string Reason)>> read)
        where T : class
    {
        context.Response.Headers.CacheControl = "no-store";
        var (posted, status, reason) = refusal is { } refused ? (null, refused.Status, refused.Reason) : await read();
        if (posted is null)
            await RefuseAsync(context, status, reason);
        return posted;
    }

    private static Task RefuseAsync(HttpContext context, int status, string reason)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/plain; charset=utf-8";
        if (status == StatusCodes.Status405MethodNotAllowed)
            response.Headers.Allow = "POST";
        if (status == StatusCodes.Status429TooManyRequests)
            response.Headers.RetryAfter = "60";
        return response.WriteAsync(reason);
    }

    /// <param name="longest">Most bytes of the body.</param>
    /// <param name="time">Ends a body that does not arrive within <see cref="BodyTimeout"/>.</param>
    /// <returns>The body; or null with the status code and text of the response.</returns>
    public static async Task<(byte[]? Body, int Status, string Reason)> ReadAsync(HttpRequest request, int longest, TimeProvider time)
    {
        if (request.ContentLength > longest)
            return (null, StatusCodes.Status413PayloadTooLarge, $"The body may have at most {longest} bytes.\n");

        // Not a cancelled read: after that, Kestrel cannot read the rest of the body.
        var reader = request.BodyReader;
        await using var timeout = time.CreateTimer(static reader => ((PipeReader)reader!).CancelPendingRead(), reader, BodyTimeout, Timeout.InfiniteTimeSpan);
        var read = await reader.ReadAtLeastAsync(longest + 1, request.HttpContext.RequestAborted);
        var body = read.Buffer.ToArray();
        reader.AdvanceTo(read.Buffer.End);
        if (!read.IsCanceled)
            return body.Length > longest ? (null, StatusCodes.Status413PayloadTooLarge, $"The body may have at most {longest} bytes.\n") : (body, 0, "");

        // The rest of the body would be awaited again, before the next request.
        if (HttpProtocol.IsHttp11(request.Protocol))
            request.HttpContext.Response.Headers.Connection = "close";
        return (null, StatusCodes.Status408RequestTimeout, "The body of the request did not arrive in time.\n");
    }
}
