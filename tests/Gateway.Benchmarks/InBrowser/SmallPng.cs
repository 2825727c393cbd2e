using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace Gateway.Benchmarks.InBrowser;

/// <summary>Reduces a screenshot to 256 colours. Pages have few colours, and a repository keeps every version of a file.</summary>
internal static class SmallPng
{
    private const int Head = 8, TrueColour = 2, TrueColourAndAlpha = 6;

    /// <param name="png">A PNG from Chromium: eight bits per channel, not interlaced.</param>
    public static byte[] Reduce(byte[] png)
    {
        var (header, data) = Read(png);
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
        var channels = header[9] switch { TrueColour => 3, TrueColourAndAlpha => 4, var other => throw new InvalidDataException($"Colour type {other}.") };
        var pixels = Unfilter(data, width * channels, height, channels);
        var colours = Enumerable.Range(0, width * height).Select(at => pixels[at * channels] << 16 | pixels[at * channels + 1] << 8 | pixels[at * channels + 2]).ToArray();

        // Antialiased text can have more than 256 shades. Similar ones are merged.
        var palette = colours.Distinct().ToList();
        for (var step = 2; palette.Count > 256; step *= 2)
        {
            colours = Array.ConvertAll(colours, colour => Near(colour >> 16, step) << 16 | Near(colour >> 8 & 255, step) << 8 | Near(colour & 255, step));
            palette = [.. colours.Distinct()];
        }

        return Write(header, palette, colours, width, height);
    }

    private static int Near(int channel, int step) => Math.Min(255, (channel + step / 2) / step * step);

    private static (byte[] Header, byte[] Data) Read(byte[] png)
    {
        var (header, data) = (Array.Empty<byte>(), new MemoryStream());
        for (var at = Head; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var content = png.AsSpan(at + 8, length);
            if (png.AsSpan(at + 4, 4).SequenceEqual("IHDR"u8))
                header = content.ToArray();
            else if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
                data.Write(content);
            at += length + 12;
        }

        data.Position = 0;
        var plain = new MemoryStream();
        new ZLibStream(data, CompressionMode.Decompress).CopyTo(plain);
        return (header, plain.ToArray());
    }

    // Each line starts with its filter type. The filter subtracted a prediction from each byte; it is added again here (PNG, 9.2).
    private static byte[] Unfilter(byte[] data, int stride, int height, int channels)
    {
        var pixels = new byte[stride * height];
        for (var line = 0; line < height; line++)
        {
            var filter = data[line * (stride + 1)];
            for (var at = 0; at < stride; at++)
            {
                var place = line * stride + at;
                int left = at < channels ? 0 : pixels[place - channels], above = line == 0 ? 0 : pixels[place - stride];
                var corner = at < channels || line == 0 ? 0 : pixels[place - stride - channels];
                var guess = filter switch { 0 => 0, 1 => left, 2 => above, 3 => (left + above) / 2, _ => Paeth(left, above, corner) };
                pixels[place] = (byte)(data[place + line + 1] + guess);
            }
        }

        return pixels;
    }

    private static int Paeth(int left, int above, int corner)
    {
        var guess = left + above - corner;
        var (toLeft, toAbove, toCorner) = (Math.Abs(guess - left), Math.Abs(guess - above), Math.Abs(guess - corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }

    private static byte[] Write(byte[] header, List<int> palette, int[] colours, int width, int height)
    {
        (header[8], header[9]) = (8, 3);
        var places = palette.Select((colour, index) => (colour, index)).ToDictionary(pair => pair.colour, pair => (byte)pair.index);
        var lines = new MemoryStream();
        using (var compressed = new ZLibStream(lines, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var line = 0; line < height; line++)
                compressed.Write([0, .. colours.AsSpan(line * width, width).ToArray().Select(colour => places[colour])]);
        }

        var png = new MemoryStream();
        png.Write([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']);
        Chunk(png, "IHDR", header);
        Chunk(png, "PLTE", [.. palette.SelectMany(colour => new[] { (byte)(colour >> 16), (byte)(colour >> 8), (byte)colour })]);
        Chunk(png, "IDAT", lines.ToArray());
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    private static void Chunk(MemoryStream png, string name, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. content];
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        png.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(named));
        png.Write(number);
    }
}
