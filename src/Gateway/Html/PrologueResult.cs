namespace Gateway.Html;

/// <summary>The result of a scan of the start of a body.</summary>
internal enum Verdict
{
    /// <summary>The line can be inserted at <see cref="PrologueResult.Offset"/>.</summary>
    At,
    /// <summary>More bytes are needed.</summary>
    NeedMore,
    /// <summary>There is no safe place, whatever follows.</summary>
    No,
}

/// <summary>The result of <see cref="PrologueScanner"/>.</summary>
/// <param name="Verdict">Whether there is a place.</param>
/// <param name="Offset">The place, in bytes from the start of the body; 0 unless the verdict is At.</param>
/// <param name="Evidence">The signs of a document that were found; None unless the verdict is At.</param>
/// <param name="Reason">A <see cref="SkipReason"/>; null unless the verdict is No.</param>
internal readonly record struct PrologueResult(Verdict Verdict, int Offset, Evidence Evidence, string? Reason)
{
    public static PrologueResult NeedMore => new(Verdict.NeedMore, 0, Evidence.None, null);

    public static PrologueResult At(int offset, Evidence evidence) => new(Verdict.At, offset, evidence, null);

    public static PrologueResult No(string reason) => new(Verdict.No, 0, Evidence.None, reason);
}
