using System.Net;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Edge.Admission;

/// <summary>
/// Counts what requests hold. While clients hold all they may, a request waits for what others have to give up; one with a large head is
/// answered with 503.
/// </summary>
internal sealed class AdmissionMiddleware(RequestDelegate next, MemoryBudget budget, MemoryLimits limits)
{
    public Task InvokeAsync(HttpContext context) =>
        context.Features.Get<ClientConnection>() is { } connection ? AdmitAsync(context, connection) : next(context);

    private async Task AdmitAsync(HttpContext context, ClientConnection connection)
    {
        connection.Begin();
        var head = LengthOfHead(context.Request, connection);
        var bytes = MemoryLimits.OfRequest + OfBody(context, connection) + (head * MemoryLimits.HeadFactor);
        var holder = connection.IsOfProxy ? Forwarded(context) : connection.Holder;
        budget.Add(holder, bytes);
        try
        {
            if (budget.IsOverdrawn)
            {
                if (holder.IsEvicted)
                    return;
                if (head > MemoryLimits.LargeHead)
                {
                    await RefuseAsync(context, connection);
                    return;
                }

                await budget.WaitForRoomAsync(context.RequestAborted);
            }

            if (context.Features.Get<IHttpResponseBodyFeature>() is { } body)
                context.Features.Set<IHttpResponseBodyFeature>(new HeldResponse(body, budget, holder, (2 * MemoryLimits.OfCopy) + limits.WriteBuffer));
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone, or it was the one that had to give up.
        }
        finally
        {
            // Kestrel keeps the values of a head, to use them again for the next one, and an HTTP/2 stream until its end.
            if (head > MemoryLimits.SmallHead)
                context.Request.Headers.Clear();
            budget.Add(holder, -bytes);
            if (connection.IsOfProxy)
                budget.Leave(holder);
            connection.End();
        }
    }

    // Behind a trusted proxy, each request holds what it holds for the client that the proxy names, and is ended alone.
    private Holder Forwarded(HttpContext context)
    {
        var holder = budget.Enter(ClientNetwork.Of(context.Connection.RemoteIpAddress ?? IPAddress.None), 0, context.Abort);
        holder.IsNew = false;
        return holder;
    }

    private static long LengthOfHead(HttpRequest request, ClientConnection connection)
    {
        // With HTTP/2, the length on the wire says nothing.
        if (!connection.IsHttp2 && connection.Head <= MemoryLimits.SmallHead)
            return 0;

        var length = 0L;
        foreach (var (name, values) in request.Headers)
        {
            foreach (var value in values)
                length += name.Length + (value?.Length ?? 0);
        }

        return length > MemoryLimits.SmallHead ? length : 0;
    }

    // While the backend does not read, a request holds the buffer of the copy and what was read from the client in advance.
    private long OfBody(HttpContext context, ClientConnection connection)
    {
        var request = context.Request;
        var most = MemoryLimits.OfCopy + (connection.IsHttp2 ? limits.Http2Stream : limits.ReadBuffer);
        if (request.ContentLength is { } length)
            return Math.Min(length, most);

        var hasBody = connection.IsHttp2
            ? context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true
            : request.Headers.TransferEncoding.Count > 0;
        return hasBody ? most : 0;
    }

    private static Task RefuseAsync(HttpContext context, ClientConnection connection)
    {
        connection.Refuse();
        var response = context.Response;
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.ContentType = "text/plain; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.RetryAfter = "5";
        if (!connection.IsHttp2)
            response.Headers.Connection = "close";
        return response.WriteAsync("The head of this request is large, and there is no memory for it at the moment.\n");
    }
}
