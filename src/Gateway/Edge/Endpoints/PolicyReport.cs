using System.Text.Json;
using Gateway.Cookies;

namespace Gateway.Edge.Endpoints;

/// <summary>
/// A report of a browser about a request that the policy for third parties would have blocked (<c>application/csp-report</c>, CSP3 5.3). Only the
/// origin of the URL and the kind of use are read: a URL can hold personal data.
/// </summary>
/// <param name="Origin">Scheme, host and port.</param>
/// <param name="Use">Null for a directive that is not one of a use.</param>
internal sealed record PolicyReport(Uri Origin, HostUse? Use)
{
    /// <summary>Most bytes of a report. Browsers put two URLs and the policy into it.</summary>
    public const int LongestBody = 32 * 1024;

    /// <summary>Reads the body of a report; null if it is not one about a host.</summary>
    /// <param name="isOfSite">Whether a URL is of the site that received the report.</param>
    public static PolicyReport? Read(ReadOnlyMemory<byte> body, Predicate<Uri> isOfSite)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 4 });
            var report = document.RootElement.GetProperty("csp-report");
            return UrlOf(report, "document-uri") is { } page && isOfSite(page) && UrlOf(report, "blocked-uri") is { } blocked
                ? new(new Uri(blocked.GetLeftPart(UriPartial.Authority)), UseOf(report))
                : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or UriFormatException)
        {
            // Not JSON, not an object, or half a surrogate pair.
            return null;
        }
    }

    private static Uri? UrlOf(JsonElement report, string name) =>
        report.TryGetProperty(name, out var value) && Uri.TryCreate(value.GetString(), UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https" or "ws" or "wss" && url.UserInfo.Length == 0
            ? url
            : null;

    // Firefox sends only the violated directive; both may have sources after the name.
    private static HostUse? UseOf(JsonElement report)
    {
        var directive = report.TryGetProperty("effective-directive", out var effective) ? effective.GetString() : null;
        directive ??= report.TryGetProperty("violated-directive", out var violated) ? violated.GetString() : null;
        return directive?.Split(' ')[0] switch
        {
            "script-src" or "script-src-elem" or "script-src-attr" => HostUse.Script,
            "frame-src" or "child-src" => HostUse.Frame,
            "img-src" => HostUse.Image,
            "style-src" or "style-src-elem" or "style-src-attr" => HostUse.Style,
            "font-src" => HostUse.Font,
            "media-src" => HostUse.Media,
            "connect-src" => HostUse.Connect,
            "worker-src" => HostUse.Worker,
            "object-src" => HostUse.Object,
            "manifest-src" => HostUse.Manifest,
            _ => null,
        };
    }
}
