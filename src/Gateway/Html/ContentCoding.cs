namespace Gateway.Html;

/// <summary>The content coding of a body (RFC 9110 8.4.1).</summary>
internal enum ContentCoding
{
    Identity,
    Gzip,
    /// <summary>The zlib format by the standard; some servers send raw deflate data.</summary>
    Deflate,
    Brotli,
    /// <summary>A coding of browsers that the gateway cannot decode, or more than one.</summary>
    Other,
}

/// <summary>Reads the <c>Content-Encoding</c> header.</summary>
internal static class ContentCodings
{
    extension(ContentCoding)
    {
        /// <summary>The coding that a header value names, as browsers read it; <see cref="ContentCoding.Identity"/> without a header.</summary>
        /// <remarks>
        /// RFC 9110 8.4.1: names are case-insensitive, and <c>x-gzip</c> means <c>gzip</c>. Browsers ignore names that they do not know, such as
        /// <c>utf-8</c> and <c>none</c>, and show the body as it is; if there are also known ones, they differ.
        /// </remarks>
        public static ContentCoding Parse(string? contentEncodingHeader)
        {
            var coding = ContentCoding.Identity;
            var members = 0;
            foreach (var range in contentEncodingHeader.AsSpan().Split(','))
            {
                var name = contentEncodingHeader.AsSpan(range).Trim(" \t");
                if (name.IsEmpty)
                    continue;
                members++;
                if (Of(name) is not ContentCoding.Identity and var known)
                    coding = known;
            }

            return members > 1 && coding is not ContentCoding.Identity ? ContentCoding.Other : coding;
        }
    }

    private static ContentCoding Of(ReadOnlySpan<char> name)
    {
        Span<char> lower = stackalloc char[8];
        return name.ToLowerInvariant(lower) < 0 ? ContentCoding.Identity : lower[..name.Length] switch
        {
            "gzip" or "x-gzip" => ContentCoding.Gzip,
            "deflate" => ContentCoding.Deflate,
            "br" => ContentCoding.Brotli,
            "zstd" or "dcb" or "dcz" => ContentCoding.Other,
            _ => ContentCoding.Identity,
        };
    }
}
