namespace Gateway.Html;

/// <summary>What the request said about how its answer will be used.</summary>
internal enum DocumentPlan : byte
{
    /// <summary>Not as a page: it must not be touched.</summary>
    None,
    /// <summary>As the page of a tab (<c>Sec-Fetch-Dest: document</c>).</summary>
    Document,
    /// <summary>As the page of a frame: or as the hidden answer to an upload, which is no page at all.</summary>
    Frame,
    /// <summary>Perhaps as a page. On plain-http sites browsers send no <c>Sec-Fetch-*</c>; a service worker's say less.</summary>
    MaybeDocument,
}
