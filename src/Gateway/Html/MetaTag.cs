using System.Text;

namespace Gateway.Html;

/// <summary>What of a <c>&lt;meta&gt;</c> tag matters to a script in front of it or behind it.</summary>
/// <param name="DeclaresCharset">It names the page's encoding, in either of the two ways of WHATWG HTML 13.2.3.2.</param>
/// <param name="IsPolicy">It holds a Content-Security-Policy, which governs the scripts behind it.</param>
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
                // Latin-1 gives each byte its own character, so only the ASCII letters fold.
                var content = Encoding.Latin1.GetString(attributes.Value);
                contentNamesCharset |= content.Contains("charset", StringComparison.OrdinalIgnoreCase);
            }
        }

        return new(hasCharset || (isContentType && contentNamesCharset), isPolicy);
    }
}
