using System.Buffers;
using System.Buffers.Binary;

namespace Gateway.Html;

/// <summary>
/// Puts the line into a gzip page without decompressing it: one stored block (RFC 1951 3.2.4) goes in front of the untouched deflate
/// data, and <see cref="GzipTrailer"/> corrects the end. The cost does not grow with the page.
/// </summary>
/// <remarks>
/// The block repeats the prologue as sent and has the line behind it. What a parser then sees of the page's own prologue is a second
/// doctype and a second head tag, which it drops, and a second html tag, whose attributes it has: the tree is the same, but for white
/// space at the start of the head. A comment or a byte order mark would show: such a page is decoded.
/// </remarks>
internal static class GzipSplice
{
    /// <summary>The longest block with its header, in bytes.</summary>
    public const int Room = HeaderLength + LongestText;

    private const int HeaderLength = 5;

    /// <summary>As much as browsers search for a charset: what is longer could not stand in front of one.</summary>
    private const int LongestText = 1024;

    /// <summary>Decoded bytes that hold the prologue of most pages.</summary>
    private const int FirstStep = 192;

    /// <summary>Looks whether the page can be extended so.</summary>
    /// <param name="body">The body as far as it has arrived.</param>
    /// <param name="isComplete">Nothing follows, or nothing shall be waited for.</param>
    /// <param name="line">ASCII.</param>
    /// <param name="charsetIsNamed">The header names the page's charset, so nobody searches the page for it.</param>
    /// <param name="block">Gets what to put behind the gzip header, where the verdict is At; <see cref="Room"/> bytes long.</param>
    /// <param name="blockLength">How long that is.</param>
    /// <returns>At, the offset being the length of the gzip header; NeedMore; or No: this page must be decoded.</returns>
    public static PrologueResult Look(
        ReadOnlySpan<byte> body, bool isComplete, ReadOnlySpan<byte> line, bool charsetIsNamed, Span<byte> block, out int blockLength)
    {
        blockLength = 0;
        var status = CodingHeader.Measure(ContentCoding.Gzip, body, out var start);
        if (status is OperationStatus.NeedMoreData && !isComplete)
            return PrologueResult.NeedMore;
        if (status is not OperationStatus.Done || !GzipTrailer.IsExpectedAfter(body))
            return PrologueResult.No(SkipReason.Coding);

        Span<byte> output = stackalloc byte[LongestText + Inflater.Overshoot];
        var inflater = new Inflater(body[start..], output, stackalloc ushort[Inflater.Workspace]);
        for (var step = FirstStep; step <= LongestText; step += LongestText - FirstStep)
        {
            status = inflater.Read(step);
            if (status is OperationStatus.InvalidData)
                break;
            var isAll = status is OperationStatus.Done || (isComplete && status is OperationStatus.NeedMoreData);
            var found = Find(inflater.Decoded, isAll, line.Length, charsetIsNamed);
            if (found.Verdict is Verdict.At)
            {
                blockLength = Write(inflater.Decoded[..found.Offset], line, block);
                return PrologueResult.At(start, found.Evidence);
            }

            if (found.Verdict is Verdict.No || status is not OperationStatus.DestinationTooSmall)
                return found;
        }

        return PrologueResult.No(SkipReason.Coding);
    }

    /// <summary>What a block adds to the page, decoded.</summary>
    public static ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> block) => block[HeaderLength..];

    private static PrologueResult Find(ReadOnlySpan<byte> decoded, bool isComplete, int lineLength, bool charsetIsNamed)
    {
        var found = PrologueScanner.Scan(decoded, isComplete, pushed: 0);
        if (found.Verdict is not Verdict.At)
            return found;
        if (!IsRepeatable(decoded[..found.Offset]) || found.Offset + lineLength > LongestText)
            return PrologueResult.No(SkipReason.Coding);

        // The declaration stands behind both prologues.
        var respected = charsetIsNamed ? found : CharsetDeclaration.Respect(found, decoded, isComplete, found.Offset + lineLength);
        return respected == found || respected.Verdict is Verdict.NeedMore ? respected : PrologueResult.No(SkipReason.Coding);
    }

    private static bool IsRepeatable(ReadOnlySpan<byte> prologue)
    {
        while ((prologue = prologue[Markup.SpaceLength(prologue)..]).Length > 0)
        {
            var token = Token.Read(prologue);
            if (token.Kind is not TokenKind.Doctype && !token.IsStartOf("html"u8) && !token.IsStartOf("head"u8))
                return false;
            prologue = prologue[token.Length..];
        }

        return true;
    }

    private static int Write(ReadOnlySpan<byte> prologue, ReadOnlySpan<byte> line, Span<byte> block)
    {
        var length = (ushort)(prologue.Length + line.Length);
        block[0] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(block[1..], length);
        BinaryPrimitives.WriteUInt16LittleEndian(block[3..], (ushort)~length);
        prologue.CopyTo(block[HeaderLength..]);
        line.CopyTo(block[(HeaderLength + prologue.Length)..]);
        return HeaderLength + length;
    }
}
