using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Gateway.Cookies;

namespace Gateway.Consent;

/// <summary>
/// What values of the consent cookie were read as, for all sites. Equal choices have equal values, so most values are known. Anybody can forge
/// values: the memory is bounded in bytes, and what is forgotten is read anew.
/// </summary>
internal sealed class KnownStates(TimeProvider time) : IDisposable
{
    /// <summary>Most bytes of all values together: some thousand choices of visitors.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    // Measured: an entry of the cache with its key, a state, and each part of it.
    private const int BytesOfEntry = 900, BytesOfPart = 240, BytesOfCharacter = 2;

    private readonly BoundedMemory<ConsentState> _states = new(MostBytes, lifetime: TimeSpan.FromHours(1), time);

    /// <summary>The number of remembered values.</summary>
    public int Count => _states.Count;

    public bool TryGet(ConsentRules rules, ReadOnlySpan<char> value, [NotNullWhen(true)] out ConsentState? state)
    {
        state = null;
        Span<char> key = stackalloc char[ConsentCookie.LongestValue + 16];
        return value.Length <= ConsentCookie.LongestValue
            && key.TryWrite(CultureInfo.InvariantCulture, $"{rules.Number} {value}", out var length)
            && _states.TryGet(key[..length], out state);
    }

    public void Set(ConsentRules rules, ReadOnlySpan<char> value, ConsentState state) => _states.Set(
        $"{rules.Number} {value}",
        state,
        BytesOfEntry + (BytesOfPart * (state.Answers.Count + state.FirstDays.Count)) + (BytesOfCharacter * value.Length));

    public void Dispose() => _states.Dispose();
}
