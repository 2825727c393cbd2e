namespace Gateway.Html;

/// <summary>How a body is compressed on its way.</summary>
internal enum ContentCoding
{
    Identity,
    Gzip,
    /// <summary>By the standard the zlib format; servers send bare deflate data under this name too.</summary>
    Deflate,
    Brotli,
    /// <summary>One we cannot read, or several on top of each other.</summary>
    Other,
}

/// <summary>Reads the <c>Content-Encoding</c> header.</summary>
internal static class ContentCodings
{
    extension(ContentCoding)
    {
        /// <summary>The coding that a header value names; no header is <see cref="ContentCoding.Identity"/>.</summary>
        /// <remarks>RFC 9110 8.4.1: the names fold case, and <c>x-gzip</c> is the same as <c>gzip</c>.</remarks>
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
