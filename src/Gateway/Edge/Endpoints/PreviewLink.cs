using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Texts;

namespace Gateway.Edge.Endpoints;

/// <summary>
/// <c>GET {prefix}/preview?pass=…</c>: lets this browser see an observed site as if it were enforced. All invalid passes get the same
/// response.
/// </summary>
internal static class PreviewLink
{
    public static Task AnswerAsync(HttpContext context, RequestState state)
    {
        var (site, response) = (state.Site, context.Response);
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        var pass = context.Request.Query["pass"].ToString();
        var hasPreview = !site.IsEnforced || site.Notice.Showing == Showing.Test;
        if (state.Pass?.Admits(pass, site.Config, state.Now) != true || !hasPreview)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            response.ContentType = "text/plain; charset=utf-8";
            return response.WriteAsync("This link is not valid, or it has expired: it is valid for an hour. \"gateway preview --link\" makes a new one.\n");
        }

        var cookie = new NewCookie(site.PassCookie, ConsentCookie.Marker + pass, state.IsSecure) { IsHttpOnly = true, IsLax = true };
        response.Headers.Append("Set-Cookie", cookie.ToLine());
        response.StatusCode = StatusCodes.Status303SeeOther;
        response.Headers.Location = "/";
        return Task.CompletedTask;
    }
}
