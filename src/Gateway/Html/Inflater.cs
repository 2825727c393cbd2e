using System.Buffers;

namespace Gateway.Html;

/// <summary>Decodes the first bytes of deflate data (RFC 1951), as many as are asked for and no others, without allocating.</summary>
/// <remarks>
/// System.IO.Compression takes some 20 µs and 40 kB to begin with a page of which only a few hundred bytes are looked at. Whatever
/// looks odd here is left to it.
/// </remarks>
internal ref struct Inflater
{
    private const int EndOfBlock = 256;
    private const int LiteralSymbols = 288;
    private const int DistanceSymbols = 32;

    /// <summary>How far decoding may go beyond what was asked for: the longest copy.</summary>
    public const int Overshoot = 258;

    /// <summary>What the decoder needs to work in.</summary>
    public static readonly int Workspace = HuffmanCode.WorkspaceFor(LiteralSymbols) + HuffmanCode.WorkspaceFor(DistanceSymbols);

    private readonly HuffmanCode _literals;
    private readonly HuffmanCode _distances;
    private readonly Span<byte> _output;
    private BitReader _input;
    private int _written;
    private int _stored;
    private bool _isCoded;
    private bool _isLast;

    /// <param name="data">The data as far as it has arrived.</param>
    /// <param name="output">Room for all that will be asked for, and <see cref="Overshoot"/>.</param>
    /// <param name="workspace"><see cref="Workspace"/> elements, with any content.</param>
    public Inflater(ReadOnlySpan<byte> data, Span<byte> output, Span<ushort> workspace)
    {
        var half = HuffmanCode.WorkspaceFor(LiteralSymbols);
        _literals = new(workspace[..half], LiteralSymbols);
        _distances = new(workspace[half..], DistanceSymbols);
        _output = output;
        _input = new(data);
    }

    /// <summary>What was decoded so far.</summary>
    public readonly ReadOnlySpan<byte> Decoded => _output[.._written];

    /// <summary>Decodes until <see cref="Decoded"/> has at least <paramref name="count"/> bytes.</summary>
    /// <returns>
    /// DestinationTooSmall: they are there. Done: the data ended before. NeedMoreData: the input did, and decoding begins anew
    /// when more of it has arrived. InvalidData: this decoder cannot go on.
    /// </returns>
    public OperationStatus Read(int count)
    {
        while (_written < count)
        {
            var status = _stored > 0 ? CopyStored(count) : _isCoded ? ReadCoded(count) : _isLast ? OperationStatus.Done : ReadBlockHeader();
            if (status is not OperationStatus.DestinationTooSmall)
                return status;
        }

        return OperationStatus.DestinationTooSmall;
    }

    private OperationStatus ReadBlockHeader()
    {
        if (!_input.Has(3))
            return OperationStatus.NeedMoreData;
        _isLast = _input.Take(1) == 1;
        switch (_input.Take(2))
        {
            case 0:
                return ReadStoredHeader();
            case 1:
                Span<byte> lengths = stackalloc byte[LiteralSymbols];
                lengths.Fill(8);
                lengths[144..256].Fill(9);
                lengths[256..280].Fill(7);
                _isCoded = _literals.TryBuild(lengths);
                lengths[..DistanceSymbols].Fill(5);
                return _distances.TryBuild(lengths[..DistanceSymbols]) ? OperationStatus.DestinationTooSmall : OperationStatus.InvalidData;
            case 2:
                return ReadCodes();
            default:
                return OperationStatus.InvalidData;
        }
    }

    private OperationStatus ReadStoredHeader()
    {
        _input.AlignToByte();
        if (!_input.Has(32))
            return OperationStatus.NeedMoreData;
        var length = _input.Take(16);
        _stored = length;
        return _input.Take(16) == (~length & 0xFFFF) ? OperationStatus.DestinationTooSmall : OperationStatus.InvalidData;
    }

    private OperationStatus CopyStored(int count)
    {
        for (; _stored > 0 && _written < count; _stored--)
        {
            if (!_input.Has(8))
                return OperationStatus.NeedMoreData;
            _output[_written++] = (byte)_input.Take(8);
        }

        return OperationStatus.DestinationTooSmall;
    }

    /// <summary>RFC 1951 3.2.7: the codes of a block, themselves coded.</summary>
    private OperationStatus ReadCodes()
    {
        ReadOnlySpan<byte> order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
        if (!_input.Has(14))
            return OperationStatus.NeedMoreData;
        var literals = _input.Take(5) + 257;
        var distances = _input.Take(5) + 1;
        var count = _input.Take(4) + 4;
        Span<byte> lengths = stackalloc byte[LiteralSymbols + DistanceSymbols + 138];
        lengths.Clear();
        for (var at = 0; at < count; at++)
        {
            if (!_input.Has(3))
                return OperationStatus.NeedMoreData;
            lengths[order[at]] = (byte)_input.Take(3);
        }

        // The table of literals is not in use yet: the code of the lengths borrows it.
        if (literals > 286 || !_literals.TryBuild(lengths[..order.Length]))
            return OperationStatus.InvalidData;
        lengths.Clear();
        var status = ReadLengths(lengths, literals + distances);
        if (status is not OperationStatus.Done)
            return status;

        _isCoded = lengths[EndOfBlock] != 0 && _literals.TryBuild(lengths[..literals]) && _distances.TryBuild(lengths.Slice(literals, distances));
        return _isCoded ? OperationStatus.DestinationTooSmall : OperationStatus.InvalidData;
    }

    private OperationStatus ReadLengths(scoped Span<byte> lengths, int count)
    {
        var at = 0;
        while (at < count)
        {
            var symbol = _literals.Read(_input.Peek(), out var bits);
            var extra = symbol switch { 16 => 2, 17 => 3, 18 => 7, _ => 0 };
            if (!_input.Has(bits + extra))
                return OperationStatus.NeedMoreData;
            _input.Skip(bits);
            if (symbol < 16)
            {
                lengths[at++] = (byte)symbol;
                continue;
            }

            var repeat = _input.Take(extra) + (symbol == 18 ? 11 : 3);
            if (symbol == 16 && at == 0)
                return OperationStatus.InvalidData;
            lengths.Slice(at, repeat).Fill(symbol == 16 ? lengths[at - 1] : (byte)0);
            at += repeat;
        }

        return at == count ? OperationStatus.Done : OperationStatus.InvalidData;
    }

    private OperationStatus ReadCoded(int count)
    {
        while (_written < count)
        {
            var symbol = _literals.Read(_input.Peek(), out var bits);
            if (!_input.Has(bits))
                return OperationStatus.NeedMoreData;
            if (symbol < EndOfBlock)
            {
                _input.Skip(bits);
                _output[_written++] = (byte)symbol;
                continue;
            }

            if (symbol == EndOfBlock)
            {
                _input.Skip(bits);
                _isCoded = false;
                return OperationStatus.DestinationTooSmall;
            }

            var status = Copy(symbol - 257, bits);
            if (status is not OperationStatus.DestinationTooSmall)
                return status;
        }

        return OperationStatus.DestinationTooSmall;
    }

    /// <summary>RFC 1951 3.2.5: a length, a distance, and what stands there once more.</summary>
    private OperationStatus Copy(int code, int bits)
    {
        ReadOnlySpan<ushort> bases = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
        if (code >= bases.Length)
            return OperationStatus.InvalidData;
        var extra = code is < 8 or 28 ? 0 : (code >> 2) - 1;
        if (!_input.Has(bits + extra))
            return OperationStatus.NeedMoreData;
        _input.Skip(bits);
        var length = bases[code] + _input.Take(extra);

        var symbol = _distances.Read(_input.Peek(), out bits);
        var more = symbol < 4 ? 0 : (symbol >> 1) - 1;
        if (symbol >= 30)
            return OperationStatus.InvalidData;
        if (!_input.Has(bits + more))
            return OperationStatus.NeedMoreData;
        _input.Skip(bits);
        var distance = (symbol < 4 ? symbol : (2 + (symbol & 1)) << more) + _input.Take(more) + 1;
        if (distance > _written)
            return OperationStatus.InvalidData;
        for (; length > 0; length--, _written++)
            _output[_written] = _output[_written - distance];
        return OperationStatus.DestinationTooSmall;
    }
}
