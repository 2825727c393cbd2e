using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Consent;

/// <summary>
/// Signs the values of the consent cookie, so that nobody else can make one. A signed value ends in <c>~.</c> and 128 bits of an HMAC-SHA256
/// over the cookie's name, the host that it is for, and the value, in base64url. It has no identifier: equal choices have equal bytes.
/// </summary>
/// <param name="options">With keys: the first signs, and values that any of them has signed are valid.</param>
/// <param name="host">The host of the request, without port. Hosts that share a choice sign for their domain.</param>
internal sealed class ChoiceSigner(ConsentCookieOptions options, string host)
{
    /// <summary>Characters of a signature, with its mark.</summary>
    public const int Length = 24;

    private const string Mark = "~.";

    private const int Bytes = 16;

    private readonly string _scope = $"gateway choice\n{options.Name}\n{options.Domain ?? host.TrimEnd('.').ToLowerInvariant()}\n";

    /// <summary>The signer for a host; null if the operator gave no key.</summary>
    public static ChoiceSigner? For(ConsentCookieOptions options, ReadOnlySpan<char> host) =>
        options.IsSigned ? new ChoiceSigner(options, host.ToString()) : null;

    /// <summary>The value without what can be its signature.</summary>
    public static ReadOnlySpan<char> Unsigned(ReadOnlySpan<char> value) =>
        value.Length > Length && value[^Length..].StartsWith(Mark, StringComparison.Ordinal) ? value[..^Length] : value;

    public string Sign(string value) => value + Mark + SignatureOf(options.SigningKeys![0], value);

    /// <summary>Whether a key of the operator has signed the value for this host. Signatures are compared in constant time.</summary>
    public bool Verify(ReadOnlySpan<char> signed)
    {
        var value = Unsigned(signed);
        if (value.Length == signed.Length || value.Length > ConsentCookie.LongestValue)
            return false;

        foreach (var key in options.SigningKeys!)
        {
            var expected = SignatureOf(key, value);
            if (CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(signed[^expected.Length..]), MemoryMarshal.AsBytes(expected.AsSpan())))
                return true;
        }

        return false;
    }

    private string SignatureOf(string key, ReadOnlySpan<char> value)
    {
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{_scope}{value}"));
        return Base64Url.EncodeToString(hash.AsSpan(0, Bytes));
    }
}
