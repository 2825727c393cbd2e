namespace Gateway.Html;

/// <summary>How the client will use the response, by the request.</summary>
internal enum DocumentPlan : byte
{
    /// <summary>Not as a page: the body must not be changed.</summary>
    None,
    /// <summary>As the page of a tab (<c>Sec-Fetch-Dest: document</c>).</summary>
    Document,
    /// <summary>As the page of a frame, or as the hidden response to an upload, which is not a page.</summary>
    Frame,
    /// <summary>Perhaps as a page. On http sites browsers send no <c>Sec-Fetch-*</c>, and those of a service worker are less specific.</summary>
    MaybeDocument,
}
