using System.Net;
using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Edge.Documents;
using Gateway.Html;
using Gateway.Sites;

namespace Gateway.Edge;

/// <summary>The state of one request: its site, its visitor's consent, and what the gateway decided about it.</summary>
internal sealed class RequestState
{
    public required Site Site { get; init; }

    /// <summary>Verifies preview links, which show an observed site as if it were enforced; null if the process does not issue any.</summary>
    public required PreviewPass? Pass { get; init; }

    public required ConsentReading Consent { get; init; }

    /// <summary>Signs the visitor's choice; null if choices are not signed.</summary>
    public ChoiceSigner? Signer { get; init; }

    /// <summary>The browser's signals that apply to at least one entry of the site's table.</summary>
    public required BrowserSignals Signals { get; init; }

    /// <summary>What the visitor granted, without what the signals withdraw.</summary>
    public required Grants Grants { get; init; }

    /// <summary>The <c>Cookie</c> header as the browser sent it.</summary>
    public required string? SentCookies { get; init; }

    /// <summary>
    /// The <c>Cookie</c> header for the backend; null for none. It is not written into the request: Kestrel reuses the string of a header if
    /// the next request on the connection has the same bytes, and then has to find the string it read.
    /// </summary>
    public required string? ForwardedCookies { get; init; }

    /// <summary>The cookies removed from the header.</summary>
    public required IReadOnlyList<CutCookie> Cut { get; init; }

    /// <summary>Whether nothing is written into pages of this path: the site is off, or the operator has excluded the path.</summary>
    public bool IsLeftAlone { get; init; }

    /// <summary>Whether the response can be a document into which the script is injected.</summary>
    public required DocumentPlan Plan { get; init; }

    /// <summary>The policy for the third parties of the visitor's pages; null where they are not restricted.</summary>
    public required VisitorPolicy? Policy { get; init; }

    /// <summary>What is known about the route of the requested page; null if nothing is.</summary>
    public required RouteHint? Route { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>
    /// The visitor's address; null where the connection is that of a TLS terminator which is not a declared proxy, so that all visitors share
    /// its address.
    /// </summary>
    public required IPAddress? Client { get; init; }

    /// <summary>Whether the visitor's connection is https, according to <c>publicUrl</c>, a trusted proxy, or the connection itself.</summary>
    public required bool IsSecure { get; init; }

    /// <summary>What the gateway makes of the page.</summary>
    public PageVariant Variant => new(Site.Script.Hash, Site.ThirdParties.Mode == ThirdPartyMode.Enforce ? Policy?.Hash ?? "" : "");

    /// <summary>Whether the browser has the page with the present line and asks whether it is still valid. A 304 is then about that page.</summary>
    public bool AskedForInjected { get; set; }

    /// <summary>Whether the response of the backend had a <c>Set-Cookie</c> line that was removed before the filter, so that it must not be shared.</summary>
    public bool HasLostCookie { get; set; }

    /// <summary>
    /// The categories of which this request or its response had cookies that the visitor did not grant; null for none. A grant of another category
    /// does not change the page.
    /// </summary>
    public HashSet<string>? HeldBack { get; set; }

    /// <summary>The failure of the gateway's own code when it edited the request. The edits were taken back, and the page passes unchanged.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The state of a request to a site; null before <see cref="ConsentMiddleware"/> has run.</summary>
    public static RequestState? Of(HttpContext context) => context.Features.Get<RequestState>();
}
