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
    /// <summary>A start tag of a head that fragments may contain too: meta, base, link, script, style.</summary>
    Structure = 16,
    /// <summary>Any other start tag.</summary>
    AnyTag = 32,
    /// <summary>Character data.</summary>
    Text = 64,
    /// <summary>A <c>&lt;title&gt;</c> start tag before any other tag of a head or a body.</summary>
    Title = 128,
    /// <summary>A tag of Edge Side Includes, which a cache in front of the gateway replaces.</summary>
    Esi = 256,
}

/// <summary>Decides whether a body is a document, by what it contains and what the request was for.</summary>
internal static class DocumentEvidence
{
    private const Evidence OnlyInDocuments = Evidence.Doctype | Evidence.Html | Evidence.Head | Evidence.Body;

    /// <param name="name">The name of a start tag.</param>
    public static Evidence OfTag(ReadOnlySpan<byte> name) => name switch
    {
        _ when Is(name, "html"u8) => Evidence.Html,
        _ when Is(name, "head"u8) => Evidence.Head,
        _ when Is(name, "body"u8) || Is(name, "frameset"u8) => Evidence.Body,
        _ when Is(name, "title"u8) => Evidence.Title,
        _ when Is(name, "meta"u8) || Is(name, "base"u8) => Evidence.Structure,
        _ when Is(name, "link"u8) || Is(name, "script"u8) || Is(name, "style"u8) => Evidence.Structure,
        _ when IsEsi(name) => Evidence.Esi,
        _ => Evidence.AnyTag,
    };

    /// <param name="name">The name of a tag.</param>
    public static bool IsEsi(ReadOnlySpan<byte> name) => name.Length > 4 && Is(name[..4], "esi:"u8);

    /// <summary>
    /// The body must contain what only documents contain, whatever the request says. A frame may be a transport for data (the answer to an
    /// upload form is JSON in a textarea, or one script); without <c>Sec-Fetch-*</c> a fragment that a script requested looks like a page; and
    /// a server in front that assembles pages (ESI, SSI) repeats the headers of the navigation in its requests for the fragments. Only in a
    /// tab a title is enough, unless the body is a template of ESI.
    /// </summary>
    /// <remarks>Text is no evidence: a body whose first character is not <c>&lt;</c> is never a document.</remarks>
    public static bool IsEnough(DocumentPlan plan, Evidence evidence) => plan switch
    {
        DocumentPlan.None => false,
        _ when (evidence & OnlyInDocuments) != 0 => true,
        DocumentPlan.Document => (evidence & (Evidence.Title | Evidence.Esi)) == Evidence.Title,
        _ => false,
    };
}
