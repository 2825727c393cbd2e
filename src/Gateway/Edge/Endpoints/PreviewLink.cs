using Gateway.Consent;
using Gateway.Texts;

namespace Gateway.Edge.Endpoints;

/// <summary>
/// <c>GET {prefix}/preview?pass=…</c>: from now on this browser alone sees an observed site as it is to be. What does not admit is answered
/// alike, whatever is wrong with it.
/// </summary>
internal static class PreviewLink
{
    public static Task AnswerAsync(HttpContext context, RequestState visit)
    {
        var (site, response) = (visit.Site, context.Response);
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        var pass = context.Request.Query["pass"].ToString();
        var isOpen = site.Observes || site.Notice.Showing == Showing.Test;
        if (visit.Pass?.Admits(pass, site.Config, visit.Now) != true || !isOpen)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            response.ContentType = "text/plain; charset=utf-8";
            return response.WriteAsync("This link opens nothing here, or does not any more: it holds for an hour. \"gateway preview --link\" makes a new one.\n");
        }

        response.Headers.Append("Set-Cookie", $"{site.PassCookie}={ConsentCookie.Marker}{pass}; Path=/; HttpOnly; SameSite=Lax{(visit.IsSecure ? "; Secure" : "")}");
        response.StatusCode = StatusCodes.Status303SeeOther;
        response.Headers.Location = "/";
        return Task.CompletedTask;
    }
}
