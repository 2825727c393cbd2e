namespace Gateway.Edge.Endpoints;

/// <summary>What every post to an address of ours must be, and the answer to one that is not.</summary>
internal static class GatewayPost
{
    /// <summary>Status and reason against it, before its body is read; null: none.</summary>
    public static (int Status, string Reason)? Refusal(HttpContext context, RequestState visit, PostLimits limits)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
            return (StatusCodes.Status405MethodNotAllowed, "POST it.\n");
        if (!SameOrigin.Holds(context.Request, visit.Site))
            return (StatusCodes.Status403Forbidden, "This can only be sent by a page of this site.\n");
        return limits.Take(visit.Client) ? null : (StatusCodes.Status429TooManyRequests, "Too much from this address: try again in a minute.\n");
    }

    public static Task RefuseAsync(HttpContext context, int status, string reason)
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

    /// <param name="longest">Bytes it may have.</param>
    /// <returns>The body; null where it is longer.</returns>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int longest)
    {
        if (request.ContentLength > longest)
            return null;

        var body = new byte[longest + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        return length > longest ? null : body[..length];
    }
}
