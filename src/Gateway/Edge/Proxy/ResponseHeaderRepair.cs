using System.Net.Http.Headers;
using Gateway.Cookies;

namespace Gateway.Edge.Proxy;

/// <summary>Headers that old servers send and Kestrel does not: corrected, where YARP would answer 500 or 502 for the whole page.</summary>
internal static class ResponseHeaderRepair
{
    public static void Correct(HttpResponse response)
    {
        // RFC 9110 8.6: no length on a response that has no body.
        if (response.StatusCode is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or (>= 100 and < 200))
            response.Headers.ContentLength = null;
    }

    /// <summary>
    /// Drops the lines that hold a control character, as browsers drop such cookies (RFC 6265bis 5.6), and says a length once that was
    /// said twice (RFC 9110 8.6). Looks at every header of every response, so it allocates only where something is wrong.
    /// </summary>
    /// <exception cref="HttpRequestException">
    /// The body has a transfer coding that the client below has not undone (RFC 9112 6.1): its bytes would pass for the page's.
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
                throw new HttpRequestException("The backend's answer has a transfer coding other than chunked.");
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
