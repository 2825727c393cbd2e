using Gateway.Html;
using Xunit;

namespace Gateway.Tests.Html;

public class ContentCodingTests
{
    [Theory]
    [InlineData(null, nameof(ContentCoding.Identity))]
    [InlineData("", nameof(ContentCoding.Identity))]
    [InlineData("  ", nameof(ContentCoding.Identity))]
    [InlineData("Identity", nameof(ContentCoding.Identity))]
    [InlineData(" GZip ", nameof(ContentCoding.Gzip))]
    [InlineData("x-gzip", nameof(ContentCoding.Gzip))]
    [InlineData("deflate", nameof(ContentCoding.Deflate))]
    [InlineData("BR", nameof(ContentCoding.Brotli))]
    [InlineData("gzip, gzip", nameof(ContentCoding.Other))]
    [InlineData("identity, gzip", nameof(ContentCoding.Other))]
    [InlineData("zstd", nameof(ContentCoding.Other))]
    [InlineData("dcb", nameof(ContentCoding.Other))]
    [InlineData("gzip, utf-8", nameof(ContentCoding.Other))]
    [InlineData("utf-8", nameof(ContentCoding.Identity))]
    [InlineData("none", nameof(ContentCoding.Identity))]
    [InlineData("None, UTF-8,, 8bit", nameof(ContentCoding.Identity))]
    [InlineData("text/html; charset=utf-8", nameof(ContentCoding.Identity))]
    [InlineData("aes128gcm", nameof(ContentCoding.Identity))]
    [InlineData("br,", nameof(ContentCoding.Brotli))]
    public void A_header_names_a_coding_that_browsers_know_or_none(string? header, string expected) =>
        Assert.Equal(expected, ContentCoding.Parse(header).ToString());
}
