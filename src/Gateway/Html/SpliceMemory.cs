using System.IO.Hashing;

namespace Gateway.Html;

/// <summary>
/// Remembers where the line goes into gzip data that starts with the same bytes, because to decode them takes most of the time that such a page
/// costs. Servers send the same bytes for the same page, and many visitors read the same pages.
/// </summary>
/// <remarks>What is remembered follows from the bytes alone, so a page that replaces another one, or a race, costs time and nothing else.</remarks>
internal sealed class SpliceMemory
{
    /// <summary>How many bytes of deflate data are compared. They hold the tables of a block and the prologue of most pages.</summary>
    public const int Length = 384;

    // At most 1.5 kB each.
    private const int Pages = 256;

    private readonly Place?[] _places = new Place?[Pages];

    /// <summary>The place that was found in such a page; null for none.</summary>
    /// <param name="data">The deflate data.</param>
    public Place? Find(ReadOnlySpan<byte> data, int lineLength, bool charsetIsNamed)
    {
        if (data.Length < Length)
            return null;
        var place = Volatile.Read(ref SlotOf(data));
        return place is not null && place.LineLength == lineLength && place.CharsetIsNamed == charsetIsNamed && data[..Length].SequenceEqual(place.Start)
            ? place
            : null;
    }

    /// <param name="data">The deflate data. No more than <see cref="Length"/> bytes of it were decoded to find the place.</param>
    /// <param name="prologue">The decoded page up to the place.</param>
    public void Add(ReadOnlySpan<byte> data, int lineLength, bool charsetIsNamed, in PrologueResult found, ReadOnlySpan<byte> prologue) =>
        Volatile.Write(ref SlotOf(data), new Place(data[..Length].ToArray(), lineLength, charsetIsNamed, found, prologue.ToArray()));

    private ref Place? SlotOf(ReadOnlySpan<byte> data) => ref _places[XxHash3.HashToUInt64(data[..Length]) % Pages];

    internal sealed record Place(byte[] Start, int LineLength, bool CharsetIsNamed, PrologueResult Found, byte[] Prologue);
}
