using System.Runtime.CompilerServices;
using System.Text;

namespace Gateway.Texts;

/// <summary>HTML that is safe to send: whatever is put into it as text is encoded.</summary>
internal readonly record struct Markup(string Html)
{
    public static readonly Markup Empty = new("");

    /// <summary>The literal parts of the string are HTML; its holes are text, and encoded, unless they are markup already.</summary>
    public static Markup Of(ref Writer html) => new(html.ToString());

    /// <summary>One piece for each item, in order.</summary>
    public static Markup Each<T>(IEnumerable<T> items, Func<T, Markup> write) =>
        new(string.Concat(items.Select(item => write(item).Html)));

    public static Markup Join(string separator, IEnumerable<Markup> parts) =>
        new(string.Join(separator, parts.Select(part => part.Html)));

    /// <summary>The markup, or nothing.</summary>
    public Markup If(bool condition) => condition ? this : Empty;

    public static Markup operator +(Markup left, Markup right) => new(left.Html + right.Html);

    public override string ToString() => Html;

    /// <summary>Text as HTML: in element content and in quoted attributes alike.</summary>
    public static Markup Text(string? text) => new((text ?? "")
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal));

    /// <summary>What the compiler makes of an interpolated string here.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Writer(int literalLength, int holes)
    {
        private readonly StringBuilder _html = new(literalLength + holes * 32);

        public void AppendLiteral(string html) => _html.Append(html);

        public void AppendFormatted(string? text) => _html.Append(Text(text).Html);

        public void AppendFormatted(int number) => _html.Append(number);

        public void AppendFormatted(Markup markup) => _html.Append(markup.Html);

        public override string ToString() => _html.ToString();
    }
}
