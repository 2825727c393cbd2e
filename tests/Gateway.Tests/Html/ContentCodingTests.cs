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
    [InlineData("utf-8", nameof(ContentCoding.Other))]
    public void A_header_names_one_known_coding_or_another_one(string? header, string expected) =>
        Assert.Equal(expected, ContentCoding.Parse(header).ToString());
}
