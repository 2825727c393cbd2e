namespace Gateway.Html;

/// <summary>What became of a body that was looked at.</summary>
/// <param name="Reason">Why the line was not put in, a <see cref="SkipReason"/>; null when it was.</param>
/// <param name="Decoded">
/// The body is delivered without its content coding. Never so when the line was not put in: then it is the original, byte
/// for byte.
/// </param>
/// <param name="Added">By how many bytes the body is longer than the original, in its coding; 0 when decoded, which nobody can know.</param>
/// <param name="Body">The body from its first byte; whoever reads it disposes of it.</param>
internal readonly record struct PeekOutcome(string? Reason, bool Decoded, int Added, Stream Body)
{
    public bool Injected => Reason is null;

    /// <summary>What failed, where the reason is <see cref="SkipReason.Error"/>.</summary>
    public Exception? Error { get; init; }
}
