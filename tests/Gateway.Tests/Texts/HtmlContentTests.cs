using Gateway.Texts;
using Xunit;

namespace Gateway.Tests.Texts;

public sealed class HtmlContentTests
{
    [Theory]
    [InlineData("a < b & c > d", "a &lt; b &amp; c &gt; d")]
    [InlineData("\"quoted\"", "&quot;quoted&quot;")]
    [InlineData("l'été", "l&#x27;été")]
    [InlineData("Přijmout vše · Αποδοχή · قبول", "Přijmout vše · Αποδοχή · قبول")]
    [InlineData("&amp;", "&amp;amp;")]
    public void Text_is_encoded_and_letters_of_all_scripts_are_kept(string text, string html)
    {
        Assert.Equal(html, HtmlContent.Text(text).Html);
        Assert.Equal($"<p title=\"{html}\">{html}</p>", HtmlContent.Of($"<p title=\"{text}\">{text}</p>").Html);
    }

    [Fact]
    public void Content_that_is_inserted_into_content_is_not_encoded_again()
    {
        var inner = HtmlContent.Of($"<b>{"<"}</b>");

        Assert.Equal("<i><b>&lt;</b></i>7", HtmlContent.Of($"<i>{inner}</i>{7}").Html);
        Assert.Equal("<b>&lt;</b>, <b>&lt;</b>", HtmlContent.Join(", ", [inner, inner]).Html);
        Assert.Equal("", inner.If(false).Html);
    }
}
