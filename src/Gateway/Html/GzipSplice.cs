using System.Buffers.Binary;

namespace Gateway.Html;

/// <summary>
/// Inserts the line into a gzip page without decompressing it. One stored block (RFC 1951 3.2.4) goes in front of the unchanged deflate
/// data, and <see cref="GzipTrailer"/> corrects the last eight bytes. The cost does not depend on the size of the page.
/// </summary>
/// <remarks>
/// The block repeats the prologue as sent, and ends with the line. A parser then finds a second doctype and a second head tag, which it
/// ignores, and a second html tag with attributes that it has already: the tree is the same, but for white space at the start of the head.
/// A comment or a byte order mark would be visible twice: such a page is decoded.
/// </remarks>
internal static class GzipSplice
{
    /// <summary>The length in bytes of the longest block.</summary>
    public const int Room = HeaderLength + LongestText;

    private const int HeaderLength = 5;

    /// <summary>As much as browsers search for a charset declaration, which cannot follow a longer prologue.</summary>
    private const int LongestText = 1024;

    /// <summary>Decoded bytes that hold the prologue of most pages.</summary>
    private const int FirstStep = 192;

    /// <summary>How many bytes to decode before the next call of <see cref="Find"/>.</summary>
    /// <param name="decoded">How many are decoded.</param>
    public static int NextStep(int decoded) => (decoded < FirstStep ? FirstStep : LongestText) - decoded;

    /// <summary>Finds the end of the prologue that the block repeats.</summary>
    /// <param name="decoded">The body as far as it is decoded.</param>
    /// <param name="isComplete">The body has ended, or the caller waits no longer.</param>
    /// <param name="lineLength">In bytes.</param>
    /// <param name="charsetIsNamed">The <c>Content-Type</c> header names the charset, so browsers do not search the page for it.</param>
    /// <returns>At; NeedMore; or No, where <see cref="SkipReason.Coding"/> means that this page must be decoded.</returns>
    public static PrologueResult Find(ReadOnlySpan<byte> decoded, bool isComplete, int lineLength, bool charsetIsNamed)
    {
        var found = PrologueScanner.Scan(decoded, isComplete, pushed: 0);
        if (found.Verdict is Verdict.At)
            found = Check(found, decoded, isComplete, lineLength, charsetIsNamed);
        return found.Verdict is Verdict.NeedMore && decoded.Length >= LongestText ? PrologueResult.No(SkipReason.Coding) : found;
    }

    /// <summary>The length of a block in bytes.</summary>
    public static int BlockLength(int prologueLength, int lineLength) => HeaderLength + prologueLength + lineLength;

    /// <summary>Writes a stored block that is not the last one.</summary>
    /// <param name="block">As long as <see cref="BlockLength"/> says.</param>
    public static void Write(ReadOnlySpan<byte> prologue, ReadOnlySpan<byte> line, Span<byte> block)
    {
        var length = (ushort)(prologue.Length + line.Length);
        block[0] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(block[1..], length);
        BinaryPrimitives.WriteUInt16LittleEndian(block[3..], (ushort)~length);
        prologue.CopyTo(block[HeaderLength..]);
        line.CopyTo(block[(HeaderLength + prologue.Length)..]);
    }

    /// <summary>What a block adds to the decoded page.</summary>
    public static ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> block) => block[HeaderLength..];

    private static PrologueResult Check(
        in PrologueResult found, ReadOnlySpan<byte> decoded, bool isComplete, int lineLength, bool charsetIsNamed)
    {
        if (!IsRepeatable(decoded[..found.Offset]) || found.Offset + lineLength > LongestText)
            return PrologueResult.No(SkipReason.Coding);

        // A declaration in the page follows both prologues.
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
}
