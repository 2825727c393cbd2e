using System.Buffers;

namespace Gateway.Html;

/// <summary>What the headers of request and response say about a body before its first byte is read.</summary>
/// <param name="Plan">How the client will use the response.</param>
/// <param name="Coding">The content coding of the body.</param>
/// <param name="CharsetIsNamed">
/// The <c>Content-Type</c> header names the charset. Browsers then do not search the page for a declaration, so the line may move one.
/// </param>
/// <param name="IsUnrequested">The client does not accept gzip. A gzip body is then decoded instead of spliced.</param>
internal readonly record struct PeekTerms(
    DocumentPlan Plan, ContentCoding Coding = ContentCoding.Identity, bool CharsetIsNamed = false, bool IsUnrequested = false)
{
    /// <summary>What earlier pages have shown; null for nothing.</summary>
    public SpliceMemory? Memory { get; init; }

    /// <summary>Whether the body has to be decoded, because only gzip data can be extended.</summary>
    public bool MustDecode => Coding is not ContentCoding.Identity && (Coding is not ContentCoding.Gzip || IsUnrequested);
}

/// <summary>
/// Reads the start of a body before any of it is sent, and finds out whether the line can be inserted and where. Nothing changes until
/// <see cref="Commit"/>: without it, <see cref="Body"/> is the body as the backend sends it.
/// </summary>
/// <remarks>
/// The caller edits the headers between the two steps, disposes of the peek, and reads <see cref="Body"/>. The bytes behind the peek are
/// streamed as they arrive.
/// </remarks>
internal sealed class HtmlPeek : IDisposable
{
    private readonly PeekedStream? _start;
    private readonly ReadOnlyMemory<byte> _line;
    private DecodedPeek? _decoded;
    private int _offset;

    private HtmlPeek(PeekedStream start, ReadOnlyMemory<byte> line) => (Body, _start, _line) = (start, start, line);

    private HtmlPeek(Stream body, string reason) => (Body, Reason) = (body, reason);

    /// <summary>The body from its first byte. The reader disposes of it.</summary>
    public Stream Body { get; private set; }

    /// <summary>Why the line cannot be inserted, a <see cref="SkipReason"/>; null where it can.</summary>
    public string? Reason { get; private set; }

    /// <summary>The failure of the gateway's own code, where the reason is <see cref="SkipReason.Error"/>.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Whether <see cref="Commit"/> makes a body without content coding of a coded one.</summary>
    public bool IsDecoded { get; private set; }

    /// <summary>By how many bytes <see cref="Commit"/> makes the coded body longer; 0 if it is decoded, because its length is not known.</summary>
    public int Added { get; private set; }

    /// <summary>
    /// Whether no byte of the body has arrived yet. The head is then sent before the place is known, and <see cref="ContinueAsync"/> finds it.
    /// </summary>
    public bool IsLate { get; private set; }

    /// <summary>
    /// Waits for the first byte and the rest of the prologue together at most as long as <see cref="PeekedStream.Budget"/>. Reads at most
    /// <see cref="PrologueScanner.Limit"/> bytes, before and after decoding.
    /// </summary>
    /// <param name="body">The body as the backend sends it. This method disposes of it when it throws.</param>
    /// <param name="line">ASCII.</param>
    /// <param name="time">The clock of the budget.</param>
    /// <param name="cancellationToken">Cancels the reads, also one that is still pending when this method returns.</param>
    /// <exception cref="Exception">Any exception of the first read from <paramref name="body"/>.</exception>
    public static async ValueTask<HtmlPeek> StartAsync(
        Stream body, PeekTerms terms, ReadOnlyMemory<byte> line, TimeProvider time, ArrayPool<byte> pool, CancellationToken cancellationToken)
    {
        if (terms.Plan is DocumentPlan.None)
            return new(body, SkipReason.NotAsked);
        if (terms.Coding is ContentCoding.Other)
            return new(body, SkipReason.Coding);

        var start = new PeekedStream(body, PrologueScanner.Limit, terms.Coding is ContentCoding.Gzip ? GzipSplice.Room : line.Length, pool);
        var peek = new HtmlPeek(start, line);
        if (await peek.LookAsync(terms, time, pool, cancellationToken) is Fill.Failed && start.Peeked.IsEmpty)
        {
            // Nothing has arrived, so the client can get an error page.
            peek.Dispose();
            await using (start)
                await start.ThrowAsync();
        }

        return peek;
    }

    /// <summary>Waits for the first byte without a limit, and then as long as the budget for the rest of the prologue.</summary>
    /// <remarks>An error of a read is thrown when <see cref="Body"/> is read: the head is on its way already.</remarks>
    public async ValueTask ContinueAsync(PeekTerms terms, TimeProvider time, ArrayPool<byte> pool, CancellationToken cancellationToken)
    {
        IsLate = false;
        await _start!.WaitAsync();
        await LookAsync(terms, time, pool, cancellationToken);
    }

    /// <summary>Inserts the line. To be called at most once, and only where <see cref="Reason"/> is null.</summary>
    public void Commit()
    {
        if (_decoded is not null)
            Body = _decoded.Insert(_offset, _line.Span);
        else
            _start!.Insert(_offset, _line.Span);
    }

    /// <summary>Frees the decoder, unless <see cref="Body"/> needs it. Does not dispose of the body.</summary>
    public void Dispose() => _decoded?.DropUnlessInserted();

    private async ValueTask<Fill> LookAsync(PeekTerms terms, TimeProvider time, ArrayPool<byte> pool, CancellationToken cancellationToken)
    {
        var fill = Fill.Full;
        try
        {
            PrologueResult found;
            do
            {
                fill = await _start!.FillAsync(time, cancellationToken);
                IsLate = fill is Fill.Late && _start.Peeked.IsEmpty;
                if (terms.MustDecode)
                    await WorkerThread.Switch;
                found = IsLate ? PrologueResult.NeedMore : Look(terms, isLast: fill is Fill.End or Fill.Late or Fill.Failed, pool);
            }
            while (fill is Fill.More && found.Verdict is Verdict.NeedMore);
            if (!IsLate)
                Decide(found, fill, terms.Plan);
        }
        catch (Exception error)
        {
            // The body can be read, so it passes unchanged.
            (Reason, Error) = (SkipReason.Error, error);
        }

        return fill;
    }

    private PrologueResult Look(in PeekTerms terms, bool isLast, ArrayPool<byte> pool)
    {
        if (terms.Coding is ContentCoding.Identity)
            return PrologueScanner.Scan(_start!.Peeked, isLast, terms.CharsetIsNamed ? 0 : _line.Length);
        _decoded ??= new DecodedPeek(_start!, terms, _line.Length, pool);
        return _decoded.Look(isLast);
    }

    private void Decide(in PrologueResult found, Fill fill, DocumentPlan plan)
    {
        Reason = ReasonToSkip(found, fill, plan);
        if (Reason is not null)
            return;

        _offset = found.Offset;
        IsDecoded = _decoded is { IsSplice: false };
        Added = IsDecoded ? 0 : _decoded is null ? _line.Length : GzipSplice.BlockLength(_offset, _line.Length);
    }

    /// <remarks>
    /// The place may be known when the budget is used up. Then only the search for a later charset declaration was incomplete, and the line
    /// is still inserted. Otherwise, no page that sends its head in small pieces would get it.
    /// </remarks>
    private static string? ReasonToSkip(in PrologueResult found, Fill fill, DocumentPlan plan) => found.Verdict switch
    {
        Verdict.At => DocumentEvidence.IsEnough(plan, found.Evidence) ? null : SkipReason.NoDocument,
        Verdict.NeedMore => SkipReason.PrologueTooLong,
        _ => fill is Fill.Late ? SkipReason.SlowPrologue : found.Reason,
    };
}
