namespace Gateway.Html;

/// <summary>Says whether what a body showed makes it a document, given what the request said.</summary>
internal static class DocumentEvidence
{
    private const Evidence OnlyInDocuments = Evidence.Doctype | Evidence.Html | Evidence.Head | Evidence.Body;

    private const Evidence Markup = OnlyInDocuments | Evidence.Structure | Evidence.AnyTag;

    /// <summary>
    /// A navigation of a tab shows whatever it gets as a page, so any tag will do. Frames are also used as a transport
    /// (upload forms answer with JSON in a textarea, or with one script), and without <c>Sec-Fetch-*</c> a fragment for
    /// a script looks like a page: there the body has to show what only documents have.
    /// </summary>
    /// <remarks>Text proves nothing, so a body whose first character is not <c>&lt;</c> is never a document.</remarks>
    public static bool IsEnough(DocumentPlan plan, Evidence evidence) => plan switch
    {
        DocumentPlan.Document => (evidence & Markup) != 0,
        DocumentPlan.Frame or DocumentPlan.MaybeDocument => (evidence & OnlyInDocuments) != 0,
        _ => false,
    };
}
