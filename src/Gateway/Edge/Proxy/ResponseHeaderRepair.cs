using System.Net.Http.Headers;
using Gateway.Cookies;

namespace Gateway.Edge.Proxy;

/// <summary>Corrects headers of old servers that Kestrel refuses to send, for which YARP would answer 500 or 502.</summary>
internal static class ResponseHeaderRepair
{
    public static void Correct(HttpResponse response)
    {
        // RFC 9110 8.6: no length on a response without a body.
        if (response.StatusCode is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or (>= 100 and < 200))
            response.Headers.ContentLength = null;
    }

    /// <summary>
    /// Removes lines with a control character, as browsers ignore such cookies (RFC 6265bis 5.6), and repeated equal lengths (RFC 9110 8.6).
    /// Reads every header of every response, so it allocates only where it changes something.
    /// </summary>
    /// <exception cref="HttpRequestException">
    /// The body has a transfer coding that HttpClient does not decode (RFC 9112 6.1); the client would take its bytes for the page.
    /// </exception>
    public static void Clean(HttpHeaders headers)
    {
        List<(string Name, string[] Kept)>? changed = null;
        foreach (var (name, lines) in headers.NonValidated)
        {
            var isLength = lines.Count > 1 && name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase);
            if (isLength || HasControl(lines))
                (changed ??= []).Add((name, [.. (isLength ? lines.Distinct() : lines).Where(line => !HasControl(line))]));
            else if (name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase) && !IsChunkedAlone(lines))
                throw new HttpRequestException("The response of the backend has a transfer coding other than chunked.");
        }

        if (changed is null)
            return;

        foreach (var (name, kept) in changed)
        {
            headers.Remove(name);
            if (kept.Length > 0)
                headers.TryAddWithoutValidation(name, kept);
        }
    }

    private static bool IsChunkedAlone(HeaderStringValues lines)
    {
        foreach (var line in lines)
        {
            if (!line.AsSpan().Trim().Equals("chunked", StringComparison.OrdinalIgnoreCase))
                return false;
        }

        return true;
    }

    private static bool HasControl(HeaderStringValues lines)
    {
        foreach (var line in lines)
        {
            if (HasControl(line))
                return true;
        }

        return false;
    }

    private static bool HasControl(string line) => line.AsSpan().ContainsAny(SetCookieLine.Controls);
}
