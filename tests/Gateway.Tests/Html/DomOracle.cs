using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Xunit;

namespace Gateway.Tests.Html;

/// <summary>Compares the trees of a standards parser before and after the line is inserted.</summary>
internal static class DomOracle
{
    /// <summary>Fails unless the gateway's script is the first one, and the rest of the page and its compatibility mode are the same.</summary>
    public static void AssertSame(byte[] before, byte[] after)
    {
        var page = Parse(after);
        var script = page.QuerySelectorAll("script")[0];
        Assert.True(script.HasAttribute("data-gateway"), "The gateway's script is not the first one.");
        Assert.Equal("head", script.ParentElement?.LocalName);
        script.Remove();
        Assert.Equal(Describe(Parse(before)), Describe(page));
    }

    /// <summary>The same for a spliced page, which may have white space after the script at the start of the head.</summary>
    public static void AssertSameButForSpace(byte[] before, byte[] after)
    {
        var page = Parse(after);
        var script = page.QuerySelectorAll("script")[0];
        Assert.True(script.HasAttribute("data-gateway"), "The gateway's script is not the first one.");
        Assert.Equal("head", script.ParentElement?.LocalName);
        var original = Parse(before);
        foreach (var head in new[] { page.Head!, original.Head! })
            DropLeadingSpace(head);
        script.Remove();
        DropLeadingSpace(page.Head!);
        Assert.Equal(Describe(original), Describe(page));
    }

    private static void DropLeadingSpace(INode head)
    {
        while (head.FirstChild is IText text && string.IsNullOrWhiteSpace(text.Data))
            text.Remove();
    }

    private static IDocument Parse(byte[] page)
    {
        // One character for each byte, without the byte order mark, which is not part of the page.
        var text = Encoding.Latin1.GetString(page);
        return new HtmlParser().ParseDocument(text.StartsWith("\u00EF\u00BB\u00BF", StringComparison.Ordinal) ? text[3..] : text);
    }

    private static string Describe(IDocument page)
    {
        var result = new StringBuilder(page.CompatMode).AppendLine();
        Describe(page, 0, result);
        return result.ToString();
    }

    private static void Describe(INode node, int depth, StringBuilder result)
    {
        foreach (var child in node.ChildNodes)
        {
            result.Append(' ', depth).Append(child.NodeType).Append(' ').Append(child.NodeName).Append(' ').Append(child.NodeValue);
            if (child is IDocumentType type)
                result.Append(type.PublicIdentifier).Append('|').Append(type.SystemIdentifier);
            if (child is IElement element)
                result.Append(element.NamespaceUri).AppendJoin(',', element.Attributes.Select(a => $" {a.Name}='{a.Value}'"));
            result.AppendLine();
            Describe(child, depth + 1, result);
            if (child is AngleSharp.Html.Dom.IHtmlTemplateElement template)
                Describe(template.Content, depth + 1, result);
        }
    }
}
