using System.Net;
using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Edge.Documents;
using Gateway.Html;
using Gateway.Sites;

namespace Gateway.Edge;

/// <summary>What one request carries through the gateway: its site and its visitor's consent, read once.</summary>
internal sealed class RequestState
{
    public required Site Site { get; init; }

    /// <summary>What links admit with that show an observed site as it is to be; null where none are made.</summary>
    public required PreviewPass? Pass { get; init; }

    public required ConsentReading Consent { get; init; }

    /// <summary>Those of the browser's signals that mean something to the site's table.</summary>
    public required BrowserSignals Signals { get; init; }

    /// <summary>What may pass: what the visitor granted, less what the signals hold back.</summary>
    public required Grants Grants { get; init; }

    /// <summary>The <c>Cookie</c> header as the browser sent it.</summary>
    public required string? SentCookies { get; init; }

    /// <summary>
    /// What the backend gets of it; null for nothing. Not written into the request: Kestrel takes a header's string again where the next
    /// request on the connection brings the same bytes, and it would be another one.
    /// </summary>
    public required string? ForwardedCookies { get; init; }

    /// <summary>What was cut from it.</summary>
    public required IReadOnlyList<CutCookie> Cut { get; init; }

    /// <summary>Whether the answer may be a document into which the script line belongs.</summary>
    public required DocumentPlan Plan { get; init; }

    /// <summary>What is known of the pages around the one that is asked for.</summary>
    public required RouteHint? Route { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>
    /// The visitor's address; null where the connection is that of a TLS terminator which is no declared proxy, and so everybody's.
    /// </summary>
    public required IPAddress? Client { get; init; }

    /// <summary>Whether the visitor's own connection is https, as <c>publicUrl</c> or a trusted proxy says.</summary>
    public required bool IsSecure { get; init; }

    /// <summary>Whether the request asked for a page that carries our line in its present form, so that a 304 speaks of such a page.</summary>
    public bool AskedForInjected { get; set; }

    /// <summary>What failed when the page was asked for: then it was asked for as the client did, and passes as it comes.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The visit of a proxied request.</summary>
    public static RequestState? Of(HttpContext context) => context.Features.Get<RequestState>();
}
