using Gateway.Edge.Documents;
using Gateway.Texts;

namespace Gateway.Edge.Endpoints;

/// <summary>Sends a file of the gateway in the best content coding that the client accepts.</summary>
internal static class AssetWriter
{
    public static Task WriteAsync(HttpContext context, HashedFile file)
    {
        var headers = context.Response.Headers;
        headers.Vary = "Accept-Encoding";
        var body = file.Bytes;
        if (AcceptedCodings.Takes(context.Request, "br"))
            (body, headers.ContentEncoding) = (file.Brotli, "br");
        else if (AcceptedCodings.Takes(context.Request, "gzip"))
            (body, headers.ContentEncoding) = (file.Gzip, "gzip");

        headers.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body).AsTask();
    }
}
