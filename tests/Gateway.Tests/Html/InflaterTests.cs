using System.Buffers;
using System.IO.Compression;
using System.Text;
using Gateway.Html;
using Xunit;

namespace Gateway.Tests.Html;

/// <summary>Our reader of the first bytes of deflate data against the framework's.</summary>
public class InflaterTests
{
    private const int Most = 1024;

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void It_decodes_what_the_framework_encodes(CompressionLevel level)
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var page = Page(new Random(seed), 1 + (seed * 7));
            var data = Deflate(page, level);
            foreach (var count in new[] { 1, 100, Most })
            {
                var (status, decoded) = Inflate(data, count);
                Assert.Equal(page.Length >= count ? OperationStatus.DestinationTooSmall : OperationStatus.Done, status);
                Assert.InRange(decoded.Length, Math.Min(count, page.Length), Math.Min(page.Length, count + Inflater.Overshoot));
                Assert.Equal(page[..decoded.Length], decoded);
            }
        }
    }

    [Fact]
    public void Words_of_every_length_are_read()
    {
        // Byte values in frequencies of powers of two make a code of the longest words there are.
        var page = new List<byte>();
        for (var value = 0; value < 15; value++)
            page.AddRange(Enumerable.Repeat((byte)(value * 17), 1 << value));
        var shuffled = page.ToArray();
        new Random(3).Shuffle(shuffled);
        var (status, decoded) = Inflate(Deflate(shuffled, CompressionLevel.Optimal), Most);
        Assert.Equal(OperationStatus.DestinationTooSmall, status);
        Assert.Equal(shuffled[..decoded.Length], decoded);
    }

    [Fact]
    public void Of_a_part_it_decodes_a_part()
    {
        var page = Page(new Random(1), 2_000);
        var data = Deflate(page, CompressionLevel.Optimal);
        var last = 0;
        for (var length = 0; length < data.Length; length++)
        {
            var (status, decoded) = Inflate(data[..length], Most);
            Assert.True(decoded.Length >= last, $"{length} bytes gave less than one byte less did.");
            Assert.Equal(page[..decoded.Length], decoded);
            Assert.Equal(decoded.Length >= Most ? OperationStatus.DestinationTooSmall : OperationStatus.NeedMoreData, status);
            last = decoded.Length;
        }

        Assert.True(last >= Most);
    }

    [Fact]
    public void Blocks_of_every_kind_follow_each_other()
    {
        // Flushing after each piece ends a block; short ones get the fixed code, random ones are stored.
        var random = new Random(2);
        var coded = new MemoryStream();
        var page = new MemoryStream();
        using (var coder = new DeflateStream(coded, CompressionLevel.Optimal))
        {
            for (var piece = 0; piece < 30; piece++)
            {
                var bytes = piece % 3 == 0 ? new byte[random.Next(40)] : Page(random, random.Next(60));
                if (piece % 3 == 0)
                    random.NextBytes(bytes);
                page.Write(bytes);
                coder.Write(bytes);
                coder.Flush();
            }
        }

        var (_, decoded) = Inflate(coded.ToArray(), Most);
        Assert.True(decoded.Length > 500);
        Assert.Equal(page.ToArray()[..decoded.Length], decoded);
    }

    [Fact]
    public void What_it_decodes_of_damaged_data_is_what_the_framework_decodes()
    {
        var agreed = 0;
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var data = Deflate(Page(random, 30 + random.Next(600)), (CompressionLevel)random.Next(4));
            for (var damage = random.Next(3); damage >= 0; damage--)
                data[random.Next(data.Length)] ^= (byte)(1 << random.Next(8));
            var (_, decoded) = Inflate(data, Most);
            var expected = FrameworkInflate(data, decoded.Length);
            Assert.Equal(expected, decoded[..expected.Length]);
            agreed += expected.Length == decoded.Length && decoded.Length > 0 ? 1 : 0;
        }

        // Of broken data the framework gives nothing at all, even of what came before.
        Assert.InRange(agreed, 5_000, 20_000);
    }

    private static (OperationStatus Status, byte[] Decoded) Inflate(byte[] data, int count)
    {
        // Nothing of an earlier page may count.
        var workspace = new ushort[Inflater.Workspace];
        Array.Fill(workspace, ushort.MaxValue);
        var inflater = new Inflater(data, new byte[count + Inflater.Overshoot], workspace);
        return (inflater.Read(count), inflater.Decoded.ToArray());
    }

    private static byte[] FrameworkInflate(byte[] data, int most)
    {
        var decoded = new byte[most];
        using var decoder = new DeflateStream(new MemoryStream(data), CompressionMode.Decompress);
        var length = 0;
        try
        {
            while (length < most && decoder.Read(decoded, length, 1) == 1)
                length++;
        }
        catch (InvalidDataException)
        {
            // What was read before it counts.
        }

        return decoded[..length];
    }

    private static byte[] Deflate(byte[] page, CompressionLevel level)
    {
        var coded = new MemoryStream();
        using (var coder = new DeflateStream(coded, level))
            coder.Write(page);
        return coded.ToArray();
    }

    private static byte[] Page(Random random, int length)
    {
        string[] words = ["<div class=\"", "\">", "</div>", "the ", "library ", "opens ", "at ", "nine ", "é", "\n", "x", "0123456789"];
        var text = new StringBuilder("<!doctype html><html lang=en><head>");
        while (text.Length < length)
            text.Append(random.Next(20) == 0 ? ((char)random.Next(32, 255)).ToString() : words[random.Next(words.Length)]);
        return Encoding.Latin1.GetBytes(text.ToString(0, Math.Min(length, text.Length)));
    }
}
