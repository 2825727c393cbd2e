using Gateway.Csp;
using Gateway.Sites;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Gateway.Edge.Documents;

/// <summary>The edits with which the page's own policies allow the script.</summary>
/// <param name="Line">The line to insert; null where the page must pass without it.</param>
/// <param name="Enforced">New lines of <c>Content-Security-Policy</c>; null for no change.</param>
/// <param name="Reported">New lines of <c>Content-Security-Policy-Report-Only</c>, which would report the script; null for no change.</param>
internal readonly record struct CspEdit(ReadOnlyMemory<byte>? Line, string[]? Enforced = null, string[]? Reported = null)
{
    public void Apply(HeaderEdits edits)
    {
        if (Enforced is not null)
            edits.Set(HeaderNames.ContentSecurityPolicy, Enforced);
        if (Reported is not null)
            edits.Set(HeaderNames.ContentSecurityPolicyReportOnly, Reported);
    }
}

/// <summary>Reads the policies of a page before the line is inserted, because the line contains the nonce of the page.</summary>
internal static class PagePolicies
{
    public static CspEdit RoomIn(HttpContext context, RequestState state)
    {
        var (headers, site) = (context.Response.Headers, state.Site);
        var script = site.Script;
        if (headers["Integrity-Policy"] is { Count: > 0 } integrity && IntegrityPolicy.Refuses([.. integrity!])
            || headers["Document-Policy"] is { Count: > 0 } document && IntegrityPolicy.RefusesParserBlocking([.. document!]))
        {
            return new(null);
        }

        if (IsOfGateway(headers.ContentSecurityPolicy, state) && headers.ContentSecurityPolicyReportOnly.Count == 0)
            return new(script.Line);

        var authority = RequestHost.SeenByVisitor(context.Request, site);
        var address = new ScriptAddress(context.Request.Scheme, authority, site.Config.Prefix, script.Path);
        var enforced = ScriptPolicy.Judge([.. headers.ContentSecurityPolicy!], address);
        var mayEdit = site.Config.ContentSecurityPolicy == PolicyHandling.Extend;
        if (enforced.Verdict is PolicyVerdict.Refused || (enforced.Verdict is PolicyVerdict.AllowedIfEdited && !mayEdit))
            return new(null);

        var reported = mayEdit ? ScriptPolicy.JudgeFor(enforced.Nonce, [.. headers.ContentSecurityPolicyReportOnly!], address) : default;
        return new(enforced.Nonce is { } nonce ? script.LineWith(nonce) : script.Line, enforced.Lines, reported.Lines);
    }

    // Most pages have no policy of their own. The one of the gateway allows everything from the site.
    private static bool IsOfGateway(StringValues lines, RequestState state) =>
        lines.Count == 0 || (lines.Count == 1 && (ReferenceEquals(lines[0], state.Policy?.Value) || ReferenceEquals(lines[0], state.Site.ThirdParties.Fixed)));
}
