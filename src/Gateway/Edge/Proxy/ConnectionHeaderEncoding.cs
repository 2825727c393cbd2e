using System.Text;

namespace Gateway.Edge.Proxy;

/// <summary>Decodes the <c>Connection</c> header of a request so that the names in it survive Kestrel.</summary>
/// <remarks>
/// Kestrel replaces the header by one constant if <c>close</c>, <c>keep-alive</c> or <c>upgrade</c> is the only option that it knows in it;
/// <c>keep-alive, X-Secret</c> would lose the name, and <c>X-Secret</c> would reach the backend (RFC 9110 7.6.1). It leaves the header alone if
/// there are two such options. A line with a name of its own therefore ends with both: the connection closes after the response.
/// </remarks>
internal sealed class ConnectionHeaderEncoding : Encoding
{
    public static readonly ConnectionHeaderEncoding Instance = new();

    private const string TwoOptions = ", keep-alive, close";

    public override int GetCharCount(byte[] bytes, int index, int count) => Decode(bytes.AsSpan(index, count)).Length;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        var text = Decode(bytes.AsSpan(byteIndex, byteCount));
        text.CopyTo(chars.AsSpan(charIndex));
        return text.Length;
    }

    public override int GetMaxCharCount(int byteCount) => byteCount + TwoOptions.Length;

    // Only requests are decoded.
    public override int GetByteCount(char[] chars, int index, int count) => Latin1.GetByteCount(chars, index, count);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        Latin1.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetMaxByteCount(int charCount) => charCount;

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = Latin1.GetString(bytes);
        foreach (var range in text.AsSpan().Split(','))
        {
            if (!HopByHopHeaders.IsConnectionOption(text.AsSpan(range).Trim(" \t")))
                return text + TwoOptions;
        }

        return text;
    }
}
