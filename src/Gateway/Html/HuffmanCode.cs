namespace Gateway.Html;

/// <summary>One of deflate's prefix codes (RFC 1951 3.2.2), as a table over the next bits of the input.</summary>
/// <remarks>
/// A code that is incomplete or says too much is refused, also where zlib is more lenient: whoever asks has another decoder
/// to fall back on.
/// </remarks>
internal readonly ref struct HuffmanCode
{
    /// <summary>The longest word of any code, in bits.</summary>
    public const int Longest = 15;

    // Words up to this long are found at once; longer ones are rare, and counted out.
    private const int Fast = 9;

    private readonly Span<ushort> _fast;
    private readonly Span<ushort> _symbols;
    private readonly Span<ushort> _counts;

    /// <param name="workspace">At least <see cref="WorkspaceFor"/> of the number of symbols; kept.</param>
    /// <param name="symbols">The most symbols the code can have.</param>
    public HuffmanCode(Span<ushort> workspace, int symbols)
    {
        _fast = workspace[..(1 << Fast)];
        _counts = workspace.Slice(1 << Fast, Longest + 1);
        _symbols = workspace.Slice((1 << Fast) + Longest + 1, symbols);
    }

    public static int WorkspaceFor(int symbols) => (1 << Fast) + Longest + 1 + symbols;

    /// <summary>Builds the code from the length of each symbol's word, 0 for none.</summary>
    /// <returns>False where the lengths make no complete code.</returns>
    public bool TryBuild(ReadOnlySpan<byte> lengths)
    {
        _counts.Clear();
        foreach (var length in lengths)
            _counts[length]++;
        _counts[0] = 0;

        Span<ushort> next = stackalloc ushort[Longest + 2];
        var left = 1;
        for (var length = 1; length <= Longest; length++)
        {
            left = (left << 1) - _counts[length];
            if (left < 0)
                return false;
            next[length + 1] = (ushort)(next[length] + _counts[length]);
        }

        if (left != 0)
            return false;
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            if (lengths[symbol] != 0)
                _symbols[next[lengths[symbol]]++] = (ushort)symbol;
        }

        FillFast();
        return true;
    }

    /// <summary>Reads the word at the start of <paramref name="bits"/>, whose lowest bit comes first.</summary>
    /// <param name="bits">At least <see cref="Longest"/> bits, zeros where the input has ended.</param>
    /// <param name="length">The length of the word: more than there was of the input means that it is not whole.</param>
    public int Read(uint bits, out int length)
    {
        var entry = _fast[(int)(bits & ((1 << Fast) - 1))];
        length = entry >> 12;
        return length != 0 ? entry & 0xFFF : ReadSlowly(bits, out length);
    }

    // Words of one length are consecutive numbers, highest bit first, and those of the next length go on from there.
    private int ReadSlowly(uint bits, out int length)
    {
        int word = 0, first = 0, index = 0;
        for (length = 1; length < Longest; length++, bits >>= 1)
        {
            word |= (int)(bits & 1);
            if (word - first < _counts[length])
                break;
            index += _counts[length];
            first = (first + _counts[length]) << 1;
            word <<= 1;
        }

        word |= (int)(bits & 1);
        return _symbols[index + word - first];
    }

    private void FillFast()
    {
        _fast.Clear();
        int word = 0, index = 0;
        for (var length = 1; length <= Fast; length++, word <<= 1)
        {
            for (var end = index + _counts[length]; index < end; index++, word++)
            {
                for (var at = Reverse(word, length); at < 1 << Fast; at += 1 << length)
                    _fast[at] = (ushort)((length << 12) | _symbols[index]);
            }
        }
    }

    private static int Reverse(int word, int length)
    {
        var reversed = 0;
        for (; length > 0; length--, word >>= 1)
            reversed = (reversed << 1) | (word & 1);
        return reversed;
    }
}
