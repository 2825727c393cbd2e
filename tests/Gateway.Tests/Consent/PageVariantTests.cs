using Gateway.Consent;
using Xunit;

namespace Gateway.Tests.Consent;

public class PageVariantTests
{
    [Theory]
    [InlineData("")]
    [InlineData("5f1-61c")]
    [InlineData("a;gb")]
    public void A_tag_with_a_variant_and_a_letter_can_be_split(string before)
    {
        var variant = new PageVariant("0123456789abcdef");
        Assert.True(PageVariant.TrySplit($"{before}{variant}s", out var found, out var same, out var letter));
        Assert.Equal((before, variant, 's'), (found, same, letter));
    }

    [Theory]
    [InlineData("")]
    [InlineData("5f1-61c")]
    [InlineData("a;g")]
    [InlineData(";G0s")]
    public void A_tag_without_a_variant_is_not_split(string tag)
    {
        Assert.False(PageVariant.TrySplit(tag, out var before, out _, out _));
        Assert.Equal(tag, before);
    }

    [Fact]
    public void Variants_with_different_scripts_are_different() => Assert.NotEqual(new PageVariant("a"), new PageVariant("b"));

    /// <remarks>Browsers and caches hold ETags of earlier releases: another format would make them fetch every page again.</remarks>
    [Fact]
    public void The_format_of_the_ending_is_stable() => Assert.Equal(";g0123456789abcdef", new PageVariant("0123456789abcdef").ToString());
}
