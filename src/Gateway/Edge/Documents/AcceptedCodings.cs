using Gateway.Html;

namespace Gateway.Edge.Documents;

/// <summary>Reads <c>Accept-Encoding</c> (RFC 9110 12.5.3), on the way of every page: without allocating.</summary>
internal static class AcceptedCodings
{
    /// <summary>Whether the client takes a coding, and says so by its name.</summary>
    public static bool Takes(HttpRequest request, string coding)
    {
        foreach (var line in request.Headers.AcceptEncoding)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                var member = line.AsSpan(range);
                var semicolon = member.IndexOf(';');
                var name = semicolon < 0 ? member : member[..semicolon];
                if (name.Trim().Equals(coding, StringComparison.OrdinalIgnoreCase))
                    return semicolon < 0 || !IsZero(member[(semicolon + 1)..].Trim());
            }
        }

        return false;
    }

    /// <summary>
    /// What the backend is asked for: of the codings that the client takes, those that the gateway can extend or decode. If it were asked for
    /// gzip alone, a backend that compresses only with Brotli would send pages uncompressed.
    /// </summary>
    public static string ToAsk(HttpRequest request) => (Takes(request, "gzip"), Takes(request, "br")) switch
    {
        (true, true) => "gzip, br",
        (true, false) => "gzip",
        (false, true) => "br",
        _ => "identity",
    };

    /// <summary>The coding of a page that had to be decoded: its own if the client takes it, otherwise one that the client takes.</summary>
    public static ContentCoding ToSend(HttpRequest request, ContentCoding original) =>
        original is ContentCoding.Gzip && Takes(request, "gzip") ? ContentCoding.Gzip
        : Takes(request, "br") ? ContentCoding.Brotli
        : Takes(request, "gzip") ? ContentCoding.Gzip
        : ContentCoding.Identity;

    // q=0, q=0. and q=0.000 are no.
    private static bool IsZero(ReadOnlySpan<char> weight) =>
        weight.StartsWith("q=0", StringComparison.OrdinalIgnoreCase) && weight[2..].Trim("0.").IsEmpty;
}
