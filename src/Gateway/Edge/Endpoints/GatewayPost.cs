namespace Gateway.Edge.Endpoints;

/// <summary>The checks that all POST endpoints of the gateway share, and their error responses.</summary>
internal static class GatewayPost
{
    /// <summary>The status code and text with which to reject a request before its body is read; null to accept it.</summary>
    public static (int Status, string Reason)? Refusal(HttpContext context, RequestState state, PostLimits limits)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
            return (StatusCodes.Status405MethodNotAllowed, "Use POST.\n");
        if (!SameOrigin.Holds(context.Request, state.Site))
            return (StatusCodes.Status403Forbidden, "Only pages of this site can send this request.\n");
        return limits.Take(state.Client, state.Site.Config.Id) ? null : (StatusCodes.Status429TooManyRequests, "Too many requests from this address. Try again in a minute.\n");
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

    /// <param name="longest">Most bytes of the body.</param>
    /// <returns>The body; null if it is longer.</returns>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int longest)
    {
        if (request.ContentLength > longest)
            return null;

        var body = new byte[longest + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        return length > longest ? null : body[..length];
    }
}
