namespace Gateway.Edge;

/// <summary>Headers that old servers send and Kestrel does not: corrected, where YARP would answer 500 or 502 for the whole page.</summary>
internal static class Framing
{
    public static void Correct(HttpResponse response)
    {
        // RFC 9110 8.6: no length on a response that has no body.
        if (response.StatusCode is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or (>= 100 and < 200))
            response.Headers.ContentLength = null;
    }
}
