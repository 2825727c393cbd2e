namespace Gateway.Html;

/// <summary>Why a body was passed on as it came. These words are the values of a metric's label.</summary>
internal static class SkipReason
{
    /// <summary>The plan was <see cref="DocumentPlan.None"/>.</summary>
    public const string NotAsked = "not_asked";

    /// <summary>There is no body.</summary>
    public const string Empty = "empty";

    /// <summary>The body does not show enough of a document, or ends before one begins.</summary>
    public const string NoDocument = "no_document";

    /// <summary>The bytes are UTF-16, where a line of ASCII would be noise.</summary>
    public const string Utf16 = "utf16";

    /// <summary>An escape sequence stands in the prologue (ISO-2022-JP), so its bytes may not mean what they say.</summary>
    public const string EscapeSequence = "escape_sequence";

    /// <summary>The prologue did not end within <see cref="PrologueScanner.Limit"/>.</summary>
    public const string PrologueTooLong = "prologue_too_long";

    /// <summary>The prologue did not arrive within <see cref="PeekBudget.Limit"/>.</summary>
    public const string SlowPrologue = "slow_prologue";

    /// <summary>The line would push the declaration of the charset out of the bytes that browsers search for it.</summary>
    public const string CharsetPosition = "charset_position";

    /// <summary>Our own code failed.</summary>
    public const string Error = "error";

    /// <summary>The content coding is one we cannot read, or the data is not in it.</summary>
    public const string Coding = "coding";
}
