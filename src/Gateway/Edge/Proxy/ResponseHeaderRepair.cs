using System.Globalization;
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
    /// Removes lines with a control character, as browsers ignore such cookies (RFC 6265bis 5.6), and lengths that are not numbers, which
    /// browsers ignore. Joins repeated equal lengths (RFC 9110 8.6).
    /// Reads every header of every response, so it allocates only where it changes something.
    /// </summary>
    /// <exception cref="HttpRequestException">
    /// The body has a transfer coding that HttpClient does not decode (RFC 9112 6.1), so that the client would take its bytes for the page; or
    /// two different lengths.
    /// </exception>
    /// <returns>The length, if HttpClient could not read it and therefore does not end the body there.</returns>
    public static long? Clean(HttpHeaders headers)
    {
        long? length = null;
        List<(string Name, string[] Kept)>? changed = null;
        foreach (var (name, lines) in headers.NonValidated)
        {
            if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) && !IsNumber(lines))
                (changed ??= []).Add((name, (length = LengthOf(lines)) is { } number ? [number.ToString(CultureInfo.InvariantCulture)] : []));
            else if (HasControl(lines))
                (changed ??= []).Add((name, [.. lines.Where(line => !HasControl(line))]));
            else if (name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase) && !IsChunkedAlone(lines))
                throw new HttpRequestException("The response of the backend has a transfer coding other than chunked.");
        }

        foreach (var (name, kept) in changed ?? [])
        {
            headers.Remove(name);
            if (kept.Length > 0)
                headers.TryAddWithoutValidation(name, kept);
        }

        return length;
    }

    private static bool IsNumber(HeaderStringValues lines)
    {
        foreach (var line in lines)
        {
            if (lines.Count > 1 || !TryNumber(line, out _))
                return false;
        }

        return true;
    }

    // RFC 9110 8.6: a list of equal numbers is that number. Anything else than a number is no length (Chromium and Firefox ignore it).
    private static long? LengthOf(HeaderStringValues lines)
    {
        long? length = null;
        foreach (var member in string.Join(',', lines).Split(','))
        {
            if (!TryNumber(member.AsSpan().Trim(" \t"), out var number))
                return null;
            if (length is not null && length != number)
                throw new HttpRequestException("The response of the backend has two different lengths.");
            length = number;
        }

        return length;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

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
