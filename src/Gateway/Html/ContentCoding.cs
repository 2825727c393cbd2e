namespace Gateway.Html;

/// <summary>The content coding of a body (RFC 9110 8.4.1).</summary>
internal enum ContentCoding
{
    Identity,
    Gzip,
    /// <summary>The zlib format by the standard; some servers send raw deflate data.</summary>
    Deflate,
    Brotli,
    /// <summary>A coding that the gateway cannot decode, or more than one.</summary>
    Other,
}

/// <summary>Reads the <c>Content-Encoding</c> header.</summary>
internal static class ContentCodings
{
    extension(ContentCoding)
    {
        /// <summary>The coding that a header value names; <see cref="ContentCoding.Identity"/> without a header.</summary>
        /// <remarks>RFC 9110 8.4.1: names are case-insensitive, and <c>x-gzip</c> means <c>gzip</c>.</remarks>
        public static ContentCoding Parse(string? contentEncodingHeader) =>
            contentEncodingHeader?.Trim().ToLowerInvariant() switch
            {
                null or "" or "identity" => ContentCoding.Identity,
                "gzip" or "x-gzip" => ContentCoding.Gzip,
                "deflate" => ContentCoding.Deflate,
                "br" => ContentCoding.Brotli,
                _ => ContentCoding.Other,
            };
    }
}
