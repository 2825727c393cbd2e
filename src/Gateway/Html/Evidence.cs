namespace Gateway.Html;

/// <summary>What the prologue of a body showed of a document, up to and including the token that ended it.</summary>
[Flags]
internal enum Evidence
{
    None = 0,
    Doctype = 1,
    /// <summary>An <c>&lt;html&gt;</c> start tag.</summary>
    Html = 2,
    /// <summary>A <c>&lt;head&gt;</c> start tag.</summary>
    Head = 4,
    /// <summary>A <c>&lt;body&gt;</c> or <c>&lt;frameset&gt;</c> start tag: only documents have them.</summary>
    Body = 8,
    /// <summary>A start tag that belongs in a head, but that fragments have too: title, meta, base, link, script, style.</summary>
    Structure = 16,
    /// <summary>Any other start tag.</summary>
    AnyTag = 32,
    /// <summary>Character data.</summary>
    Text = 64,
}
