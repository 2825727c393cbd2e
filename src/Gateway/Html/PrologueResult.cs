namespace Gateway.Html;

/// <summary>What a scan of the start of a body came to.</summary>
internal enum Verdict
{
    /// <summary>The line goes to <see cref="PrologueResult.Offset"/>.</summary>
    At,
    /// <summary>More bytes are needed.</summary>
    NeedMore,
    /// <summary>There is no safe place, however much follows.</summary>
    No,
}

/// <summary>The answer of <see cref="PrologueScanner"/>.</summary>
/// <param name="Verdict">Whether there is a place.</param>
/// <param name="Offset">The place, in bytes from the start of the body; 0 unless the verdict is At.</param>
/// <param name="Evidence">What was seen of a document; None unless the verdict is At.</param>
/// <param name="Reason">A <see cref="SkipReason"/>; null unless the verdict is No.</param>
internal readonly record struct PrologueResult(Verdict Verdict, int Offset, Evidence Evidence, string? Reason)
{
    public static PrologueResult NeedMore => new(Verdict.NeedMore, 0, Evidence.None, null);

    public static PrologueResult At(int offset, Evidence evidence) => new(Verdict.At, offset, evidence, null);

    public static PrologueResult No(string reason) => new(Verdict.No, 0, Evidence.None, reason);
}
