using System.Text;

namespace Gateway.Html;

/// <summary>The properties of a <c>&lt;meta&gt;</c> tag that matter to a script before or after it.</summary>
/// <param name="DeclaresCharset">It declares the encoding of the page, in one of the two forms of WHATWG HTML 13.2.3.2.</param>
/// <param name="IsPolicy">It contains a Content-Security-Policy, which applies to the scripts after it.</param>
internal readonly record struct MetaTag(bool DeclaresCharset, bool IsPolicy)
{
    public static MetaTag Read(Token meta)
    {
        var (hasCharset, isContentType, contentNamesCharset, isPolicy) = (false, false, false, false);
        var attributes = meta.ReadAttributes();
        while (attributes.Read())
        {
            if (Markup.Is(attributes.Name, "charset"u8))
            {
                hasCharset = true;
            }
            else if (Markup.Is(attributes.Name, "http-equiv"u8))
            {
                isContentType |= Markup.Is(attributes.Value, "content-type"u8);
                isPolicy |= Markup.Is(attributes.Value, "content-security-policy"u8);
            }
            else if (Markup.Is(attributes.Name, "content"u8))
            {
                // Latin-1 maps each byte to one character, so that only ASCII letters are compared without case.
                var content = Encoding.Latin1.GetString(attributes.Value);
                contentNamesCharset |= content.Contains("charset", StringComparison.OrdinalIgnoreCase);
            }
        }

        return new(hasCharset || (isContentType && contentNamesCharset), isPolicy);
    }
}
