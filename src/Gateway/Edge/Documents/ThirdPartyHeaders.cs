using System.Runtime.CompilerServices;
using Gateway.Cookies;
using Gateway.Html;
using Gateway.Sites;
using Microsoft.Net.Http.Headers;

namespace Gateway.Edge.Documents;

/// <summary>The policy for the third parties of one visitor's pages.</summary>
/// <param name="Value">The value of the header.</param>
/// <param name="Hash">Identifies the policy in ETags and in service workers.</param>
internal sealed record VisitorPolicy(string Value, string Hash)
{
    public static VisitorPolicy Of(string value) => new(value, ShortHash.Of(value, bytes: 6));
}

/// <summary>
/// Sends the policy that makes browsers load content only from the site and from the third parties that the visitor allowed. No failure of the
/// gateway takes it back, and it does not depend on whether the page gets the script.
/// </summary>
/// <remarks>
/// Documents and workers get the policy of the visitor and are private. Everything else gets a policy without any third party, the same for all
/// visitors, so that it stays cacheable: a browser can show it as a document, too, and a page can write into that.
/// </remarks>
internal sealed class ThirdPartyHeaders(ThirdPartySampling sampling, TimeProvider time)
{
    // In characters: some hundred policies.
    private const int KnownCharacters = 256 * 1024;

    // The longest state of consent that is remembered.
    private const int LongestKey = 512;

    private readonly ConditionalWeakTable<ThirdParties, BoundedMemory<VisitorPolicy>> _known = [];

    /// <summary>The policy for the pages of a request; null where third parties are not restricted.</summary>
    public VisitorPolicy? PolicyFor(HttpContext context, Site site, Grants grants)
    {
        var parties = site.ThirdParties;
        if (parties.Mode == ThirdPartyMode.Off)
            return null;

        var authority = RequestHost.SeenByVisitor(context.Request, site);
        var length = parties.StateLength + authority.Length;
        if (length > LongestKey)
            return VisitorPolicy.Of(parties.PolicyFor(grants, authority));

        Span<char> key = stackalloc char[length];
        parties.WriteState(grants, key);
        authority.CopyTo(key[parties.StateLength..]);
        if (!_known.TryGetValue(parties, out var known))
            known = _known.GetValue(parties, RememberFor);
        if (known.TryGet(key, out var policy))
            return policy;

        policy = VisitorPolicy.Of(parties.PolicyFor(grants, authority));
        known.Set(key.ToString(), policy, policy.Value.Length);
        return policy;
    }

    /// <summary>
    /// Whether a request must not be answered: a browser that fetches or renders a page in advance shows it later with the policy of before
    /// the decision that the visitor made in between (tried).
    /// </summary>
    public static bool IsInAdvance(HttpRequest request, RequestState state) =>
        state.Policy is not null && state.Site.ThirdParties.Mode == ThirdPartyMode.Enforce && state.Plan != DocumentPlan.None
        && request.Headers["Sec-Purpose"].ToString().StartsWith("prefetch", StringComparison.OrdinalIgnoreCase);

    public void Apply(HttpContext context, HttpResponseMessage proxied, RequestState state)
    {
        if (state.Policy is not { } policy)
            return;

        var parties = state.Site.ThirdParties;
        var headers = context.Response.Headers;
        if (parties.Mode == ThirdPartyMode.Observe)
        {
            if (MayBeDocument(context, state) && sampling.Take(state.Site))
                headers.Append(HeaderNames.ContentSecurityPolicyReportOnly, $"{policy.Value}; report-uri {state.Site.Config.Prefix}{ThirdPartySampling.Path}");
            return;
        }

        var isOfVisitor = MayBeDocument(context, state) || IsWorker(context, proxied, state, policy);
        var authority = RequestHost.SeenByVisitor(context.Request, state.Site);
        ThirdPartyHints.Remove(context, parties, isOfVisitor ? state.Grants : null, authority);
        if (isOfVisitor)
        {
            CacheHeaders.MakePrivate(headers, proxied.Headers.NonValidated);
            CacheHeaders.AskEachTime(headers);
        }

        headers.Append(HeaderNames.ContentSecurityPolicy, isOfVisitor ? policy.Value : parties.Fixed);
    }

    // A worker follows the policy of its own response. A service worker that cannot be told to change with the policy gets the one without
    // third parties.
    private static bool IsWorker(HttpContext context, HttpResponseMessage proxied, RequestState state, VisitorPolicy policy) =>
        ServiceWorkerScript.IsExtended(context.Request, state)
            ? ServiceWorkerScript.TryExtend(context.Response, proxied, policy.Hash)
            : (string?)context.Request.Headers["Sec-Fetch-Dest"] is "worker" or "sharedworker";

    // Where the browser sends no fetch metadata (plain http), only the type tells. A 304 has none: it is about what the browser has.
    private static bool MayBeDocument(HttpContext context, RequestState state)
    {
        if (state.Plan == DocumentPlan.None && context.Request.Headers.ContainsKey("Sec-Fetch-Dest"))
            return false;
        return context.Response.StatusCode == StatusCodes.Status304NotModified
            ? state.Plan != DocumentPlan.None
            : HtmlEligibility.MayRunScripts(context.Response.Headers.ContentType);
    }

    private BoundedMemory<VisitorPolicy> RememberFor(ThirdParties parties) => new(KnownCharacters, lifetime: TimeSpan.FromHours(1), time);
}
