using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Gateway.Texts;

/// <summary>A fragment of HTML. Text that is inserted into it is encoded.</summary>
internal readonly record struct HtmlContent(string Html)
{
    // Letters of all scripts stay as they are: the pages are UTF-8.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static readonly HtmlContent Empty = new("");

    /// <summary>HTML from an interpolated string: its literal parts are HTML, its holes are encoded unless they are <see cref="HtmlContent"/>.</summary>
    public static HtmlContent Of(ref Writer html) => new(html.ToString());

    /// <summary>The concatenated fragments of all items.</summary>
    public static HtmlContent Each<T>(IEnumerable<T> items, Func<T, HtmlContent> write) =>
        new(string.Concat(items.Select(item => write(item).Html)));

    public static HtmlContent Join(string separator, IEnumerable<HtmlContent> parts) =>
        new(string.Join(separator, parts.Select(part => part.Html)));

    /// <summary>The content, or nothing if the condition is false.</summary>
    public HtmlContent If(bool condition) => condition ? this : Empty;

    public static HtmlContent operator +(HtmlContent left, HtmlContent right) => new(left.Html + right.Html);

    public override string ToString() => Html;

    /// <summary>Encoded text, for element content and for quoted attribute values.</summary>
    public static HtmlContent Text(string? text) => new(Encoder.Encode(text ?? ""));

    /// <summary>The interpolated string handler of <see cref="Of"/>.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Writer(int literalLength, int holes)
    {
        private readonly StringBuilder _html = new(literalLength + holes * 32);

        public void AppendLiteral(string html) => _html.Append(html);

        public void AppendFormatted(string? text) => _html.Append(Text(text).Html);

        public void AppendFormatted(int number) => _html.Append(number);

        public void AppendFormatted(HtmlContent content) => _html.Append(content.Html);

        public override string ToString() => _html.ToString();
    }
}
