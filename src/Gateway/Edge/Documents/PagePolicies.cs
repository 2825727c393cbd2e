using Gateway.Csp;
using Gateway.Sites;

namespace Gateway.Edge.Documents;

/// <summary>What has to be done so that a page's own policies let our line run.</summary>
/// <param name="Line">The line; null where the page must pass without one.</param>
/// <param name="Enforced">New lines of <c>Content-Security-Policy</c>; null to leave them.</param>
/// <param name="Reported">The same of its report-only twin, which would report us.</param>
internal readonly record struct CspEdit(ReadOnlyMemory<byte>? Line, string[]? Enforced = null, string[]? Reported = null)
{
    public void Apply(IHeaderDictionary headers)
    {
        if (Enforced is not null)
            headers.ContentSecurityPolicy = Enforced;
        if (Reported is not null)
            headers.ContentSecurityPolicyReportOnly = Reported;
    }
}

/// <summary>Reads the policies of a page before the line is put in, for its length depends on them.</summary>
internal static class PagePolicies
{
    public static CspEdit RoomIn(HttpContext context, Site site)
    {
        var headers = context.Response.Headers;
        var script = site.Script;
        if (headers.ContentSecurityPolicy.Count == 0 && headers.ContentSecurityPolicyReportOnly.Count == 0)
            return new(script.Line);

        var authority = site.PublicUrl?.Authority ?? context.Request.Host.Value ?? "";
        var address = new ScriptAddress(context.Request.Scheme, authority, site.Config.Prefix, script.Path);
        var enforced = ScriptPolicy.Judge([.. headers.ContentSecurityPolicy!], address);
        var mayEdit = site.Config.ContentSecurityPolicy == PolicyHandling.Extend;
        if (enforced.Verdict is PolicyVerdict.Refused || (enforced.Verdict is PolicyVerdict.AllowedIfEdited && !mayEdit))
            return new(null);

        var reported = mayEdit ? ScriptPolicy.JudgeFor(enforced.Nonce, [.. headers.ContentSecurityPolicyReportOnly!], address) : default;
        return new(enforced.Nonce is { } nonce ? script.LineWith(nonce) : script.Line, enforced.Lines, reported.Lines);
    }
}
