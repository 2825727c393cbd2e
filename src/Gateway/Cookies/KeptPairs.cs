using System.Buffers;

namespace Gateway.Cookies;

/// <summary>
/// Builds the rest of a <c>Cookie</c> header, pair by pair. Returns the same string if no pair is cut; otherwise allocates one new string
/// and nothing else.
/// </summary>
internal ref struct KeptPairs(string header)
{
    private char[]? _buffer;
    private int _length;

    public bool LastWasCut { get; private set; }

    /// <summary>The header to send; null if nothing is left.</summary>
    public readonly string? Header =>
        _buffer is null ? header : Kept.Trim("; \t").IsEmpty ? null : Kept.ToString();

    private readonly ReadOnlySpan<char> Kept => _buffer.AsSpan(0, _length);

    public void Keep(CookiePair pair)
    {
        LastWasCut = false;
        if (_buffer is null)
            return;

        var text = header.AsSpan(pair.Start, pair.End - pair.Start);
        if (_length > 0)
            _buffer[_length++] = ';';
        else
            text = text.TrimStart(" \t");
        text.CopyTo(_buffer.AsSpan(_length));
        _length += text.Length;
    }

    public void Cut(CookiePair pair)
    {
        LastWasCut = true;
        if (_buffer is not null)
            return;

        // Every pair before this one was kept. The semicolon between them is not copied.
        _buffer = ArrayPool<char>.Shared.Rent(header.Length + 1);
        _length = Math.Max(0, pair.Start - 1);
        header.AsSpan(0, _length).CopyTo(_buffer);
    }

    public void Dispose()
    {
        if (_buffer is null)
            return;

        ArrayPool<char>.Shared.Return(_buffer);
        _buffer = null;
    }
}
