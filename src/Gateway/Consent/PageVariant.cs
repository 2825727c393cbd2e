namespace Gateway.Consent;

/// <summary>
/// Identifies what the gateway makes of a page of the backend: two requests with equal variants get equal pages where the backend's are
/// equal. The ETags of pages end in it.
/// </summary>
/// <param name="Script">The version of the script that the line names.</param>
/// <param name="Policy">Identifies the header of the page that depends on the visitor's consent; empty where none does.</param>
internal readonly record struct PageVariant(string Script, string Policy = "")
{
    private const string Mark = ";g";

    /// <summary>The ending of an ETag, without the letter that follows it.</summary>
    public override string ToString() => Policy.Length == 0 ? Mark + Script : $"{Mark}{Script}.{Policy}";

    /// <summary>Splits a tag into the part before the variant, the variant, and the letter after it; false for a tag without a variant.</summary>
    public static bool TrySplit(string tag, out string before, out PageVariant variant, out char letter)
    {
        var at = tag.LastIndexOf(Mark, StringComparison.Ordinal);
        var hasVariant = at >= 0 && tag.Length > at + Mark.Length;
        before = hasVariant ? tag[..at] : tag;
        variant = hasVariant ? Read(tag[(at + Mark.Length)..^1]) : default;
        letter = hasVariant ? tag[^1] : default;
        return hasVariant;
    }

    private static PageVariant Read(string text) =>
        text.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? new(text[..dot], text[(dot + 1)..]) : new(text);
}
