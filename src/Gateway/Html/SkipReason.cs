namespace Gateway.Html;

/// <summary>Why the line was not inserted into a body. The values of a label of the metric <c>gateway.pages</c>.</summary>
internal static class SkipReason
{
    /// <summary>The plan is <see cref="DocumentPlan.None"/>.</summary>
    public const string NotAsked = "not_asked";

    /// <summary>There is no body.</summary>
    public const string Empty = "empty";

    /// <summary>The body does not contain enough evidence of a document, or ends too early.</summary>
    public const string NoDocument = "no_document";

    /// <summary>The bytes are UTF-16, in which an ASCII line cannot be inserted.</summary>
    public const string Utf16 = "utf16";

    /// <summary>The prologue contains an escape sequence (ISO-2022-JP), after which bytes have another meaning.</summary>
    public const string EscapeSequence = "escape_sequence";

    /// <summary>The prologue did not end within <see cref="PrologueScanner.Limit"/>.</summary>
    public const string PrologueTooLong = "prologue_too_long";

    /// <summary>The prologue did not arrive within <see cref="PeekedStream.Budget"/>.</summary>
    public const string SlowPrologue = "slow_prologue";

    /// <summary>The line would move the charset declaration out of the first 1024 bytes, which browsers search for it.</summary>
    public const string CharsetPosition = "charset_position";

    /// <summary>The page is AMP, which allows no script of its own.</summary>
    public const string Amp = "amp";

    /// <summary>The gateway's own code failed.</summary>
    public const string Error = "error";

    /// <summary>The gateway cannot decode the content coding, or the data is not valid in it.</summary>
    public const string Coding = "coding";
}
