using System.Buffers;

namespace Gateway.Html;

/// <summary>
/// Looks at the start of a body before anything of it is passed on, and puts the line in if it is a document.
/// </summary>
/// <remarks>
/// All that can go wrong is known when this returns, so headers can be decided once. What follows the peek is streamed as
/// it comes. A body that cannot be extended is passed on as it is; only reading it may fail.
/// </remarks>
internal static class HtmlPeek
{
    /// <summary>
    /// Waits for the first byte as long as it takes, then at most <see cref="PeekBudget.Limit"/> for the prologue, and looks
    /// at no more than <see cref="PrologueScanner.Limit"/>, coded and decoded.
    /// </summary>
    /// <param name="raw">The body as the backend sends it. Disposed of with the outcome's body, or when this throws.</param>
    /// <param name="coding">What the backend says it is compressed with.</param>
    /// <param name="plan">What the request wants it for.</param>
    /// <param name="line">ASCII, and the same for every visitor.</param>
    /// <param name="time">Measures the budget.</param>
    /// <param name="cancellationToken">Ends the reads, also one that is still pending when this returns.</param>
    /// <exception cref="Exception">Whatever reading <paramref name="raw"/> throws. Nothing has been delivered then.</exception>
    public static ValueTask<PeekOutcome> PeekAsync(
        Stream raw,
        ContentCoding coding,
        DocumentPlan plan,
        ReadOnlyMemory<byte> line,
        TimeProvider time,
        CancellationToken cancellationToken) =>
        PeekAsync(raw, coding, new PeekTerms(), plan, line, time, ArrayPool<byte>.Shared, cancellationToken);

    /// <inheritdoc cref="PeekAsync(Stream, ContentCoding, DocumentPlan, ReadOnlyMemory{byte}, TimeProvider, CancellationToken)"/>
    public static ValueTask<PeekOutcome> PeekAsync(
        Stream raw,
        ContentCoding coding,
        PeekTerms terms,
        DocumentPlan plan,
        ReadOnlyMemory<byte> line,
        TimeProvider time,
        ArrayPool<byte> pool,
        CancellationToken cancellationToken) =>
        PeekAsync(raw, coding, terms, plan, line, time, pool, (object?)null, static (_, _) => { }, cancellationToken);

    /// <inheritdoc cref="PeekAsync(Stream, ContentCoding, DocumentPlan, ReadOnlyMemory{byte}, TimeProvider, CancellationToken)"/>
    /// <param name="announce">
    /// What else changes with the body: called before it does, with <see cref="PeekOutcome.Added"/>, null for a page that is decoded. Where
    /// this throws nothing is put in.
    /// </param>
    public static async ValueTask<PeekOutcome> PeekAsync<T>(
        Stream raw,
        ContentCoding coding,
        PeekTerms terms,
        DocumentPlan plan,
        ReadOnlyMemory<byte> line,
        TimeProvider time,
        ArrayPool<byte> pool,
        T page,
        Action<T, int?> announce,
        CancellationToken cancellationToken)
    {
        if (plan is DocumentPlan.None)
            return new(SkipReason.NotAsked, Decoded: false, Added: 0, raw);
        if (coding is ContentCoding.Other)
            return new(SkipReason.Coding, Decoded: false, Added: 0, raw);

        var body = new PeekedStream(raw, PrologueScanner.Limit, PageSearch.RoomFor(coding, line.Length), pool);
        try
        {
            using var search = new PageSearch(body, coding, terms, line, pool);
            while (true)
            {
                var fill = await body.FillAsync(time, cancellationToken);
                var found = search.Look(isLast: fill is Fill.End or Fill.Late);
                if (fill is Fill.More && found.Verdict is Verdict.NeedMore)
                    continue;
                if (ReasonToSkip(found, fill, plan) is { } reason)
                    return new(reason, Decoded: false, Added: 0, body);

                announce(page, search.Added);
                return search.Insert(found);
            }
        }
        catch (Exception error) when (!body.HasFailed && !cancellationToken.IsCancellationRequested)
        {
            // The body is fine, we are not: it passes as it came.
            return new(SkipReason.Error, Decoded: false, Added: 0, body) { Error = error };
        }
        catch
        {
            await body.DisposeAsync();
            throw;
        }
    }

    /// <remarks>
    /// A place may be known when the time is up: then only the search for a late charset declaration was still going on,
    /// and a page that sends its head in small pieces is worth more than that.
    /// </remarks>
    private static string? ReasonToSkip(PrologueResult found, Fill fill, DocumentPlan plan) => found.Verdict switch
    {
        Verdict.At => DocumentEvidence.IsEnough(plan, found.Evidence) ? null : SkipReason.NoDocument,
        Verdict.NeedMore => SkipReason.PrologueTooLong,
        _ => fill is Fill.Late ? SkipReason.SlowPrologue : found.Reason,
    };
}
