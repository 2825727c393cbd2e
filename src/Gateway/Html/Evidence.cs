using static Gateway.Html.Markup;

namespace Gateway.Html;

/// <summary>The signs of an HTML document in the prologue of a body, up to and including the token that ends it.</summary>
[Flags]
internal enum Evidence
{
    None = 0,
    Doctype = 1,
    /// <summary>An <c>&lt;html&gt;</c> start tag.</summary>
    Html = 2,
    /// <summary>A <c>&lt;head&gt;</c> start tag.</summary>
    Head = 4,
    /// <summary>A <c>&lt;body&gt;</c> or <c>&lt;frameset&gt;</c> start tag.</summary>
    Body = 8,
    /// <summary>A start tag of a head that fragments may contain too: title, meta, base, link, script, style.</summary>
    Structure = 16,
    /// <summary>Any other start tag.</summary>
    AnyTag = 32,
    /// <summary>Character data.</summary>
    Text = 64,
}

/// <summary>Decides whether a body is a document, by what it contains and what the request was for.</summary>
internal static class DocumentEvidence
{
    private const Evidence OnlyInDocuments = Evidence.Doctype | Evidence.Html | Evidence.Head | Evidence.Body;

    private const Evidence AnyMarkup = OnlyInDocuments | Evidence.Structure | Evidence.AnyTag;

    /// <param name="name">The name of a start tag.</param>
    public static Evidence OfTag(ReadOnlySpan<byte> name) => name switch
    {
        _ when Is(name, "html"u8) => Evidence.Html,
        _ when Is(name, "head"u8) => Evidence.Head,
        _ when Is(name, "body"u8) || Is(name, "frameset"u8) => Evidence.Body,
        _ when Is(name, "title"u8) || Is(name, "meta"u8) || Is(name, "base"u8) => Evidence.Structure,
        _ when Is(name, "link"u8) || Is(name, "script"u8) || Is(name, "style"u8) => Evidence.Structure,
        _ => Evidence.AnyTag,
    };

    /// <summary>
    /// In a tab the browser shows every HTML response as a page, so any tag is enough. A frame may be a transport for data (the answer to
    /// an upload form is JSON in a textarea, or one script), and without <c>Sec-Fetch-*</c> a fragment that a script requested looks like a
    /// page: there the body must contain what only documents contain.
    /// </summary>
    /// <remarks>Text is no evidence: a body whose first character is not <c>&lt;</c> is never a document.</remarks>
    public static bool IsEnough(DocumentPlan plan, Evidence evidence) => plan switch
    {
        DocumentPlan.Document => (evidence & AnyMarkup) != 0,
        DocumentPlan.Frame or DocumentPlan.MaybeDocument => (evidence & OnlyInDocuments) != 0,
        _ => false,
    };
}
