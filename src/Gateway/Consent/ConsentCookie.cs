using System.Globalization;
using System.Text;
using Gateway.Cookies;

namespace Gateway.Consent;

/// <summary>The result of reading the consent cookies of a request.</summary>
/// <param name="HasForeign">Whether one is unreadable, expired or not written by a gateway. It is ignored and has to be deleted.</param>
/// <param name="HasForged">Whether one looks like a choice but is not signed by this site. It has to be deleted wherever it can be.</param>
/// <param name="HasNewer">Whether one was written by a newer version of the gateway. It is ignored, but must not be deleted.</param>
internal readonly record struct ConsentReading(ConsentState State, bool HasForeign, bool HasForged, bool HasNewer);

/// <summary>
/// Reads and writes the value of the consent cookie: <c>g1.&lt;day&gt;</c>; for each answer <c>~&lt;category&gt;.&lt;version&gt;.&lt;1|0&gt;</c>; for an
/// objection to exempt audience measurement <c>~audience.-.0</c>; for the first day of each exempt audience entry
/// <c>~@&lt;number&gt;.&lt;day&gt;</c>; where the operator gave a key, a signature (see <see cref="ChoiceSigner"/>). It has no identifier: equal
/// choices on the same day have equal bytes.
/// </summary>
internal static class ConsentCookie
{
    /// <summary>The prefix of all values that this version of the gateway writes.</summary>
    public const string Marker = "g1.";

    /// <summary>Most characters of a value. Browsers accept 4096 for name and value together (RFC 6265bis 5.6).</summary>
    public const int LongestValue = 2048;

    /// <summary>Most cookies of the name that are read in one request. If there are more, none of them counts.</summary>
    public const int MostCopies = 8;

    /// <summary>Most answers and first days in a value.</summary>
    public const int MostParts = 64;

    private const string Objection = "audience.-.0";

    /// <exception cref="ArgumentException">The visitor has not decided.</exception>
    public static string Write(ConsentState state)
    {
        var text = new StringBuilder(Marker).Append(state.Day ?? throw new ArgumentException("The state has no decision.", nameof(state)));
        foreach (var (category, answer) in state.Answers.OrderBy(answer => answer.Key, StringComparer.Ordinal))
            text.Append('~').Append(category).Append('.').Append(answer.Version).Append('.').Append(answer.Granted ? '1' : '0');
        if (state.Objected)
            text.Append('~').Append(Objection);
        foreach (var (number, day) in state.FirstDays.OrderBy(first => first.Key, StringComparer.Ordinal))
            text.Append("~@").Append(number).Append('.').Append(day);

        return text.ToString();
    }

    /// <summary>Reads all consent cookies of a request. If several are valid, only what all of them grant is granted.</summary>
    /// <param name="signer">Verifies the values; null if choices are not signed.</param>
    /// <param name="known">Remembers what values were read as, because many visitors send the same value.</param>
    public static ConsentReading Read(string? cookieHeader, ConsentRules rules, DateTimeOffset now, KnownStates? known = null, ChoiceSigner? signer = null)
    {
        ConsentState? state = null;
        bool hasForeign = false, hasForged = false, hasNewer = false;
        var copies = 0;
        foreach (var pair in new CookiePairs(cookieHeader))
        {
            if (!pair.Name.SequenceEqual(rules.Cookie.Name))
                continue;

            // A browser has one copy for each domain and path. A request with more is not from a visitor with a choice.
            if (++copies > MostCopies)
                return new ConsentReading(rules.Undecided, HasForeign: true, hasForged, hasNewer);

            if (signer?.Verify(pair.Value) == false && pair.Value.StartsWith(Marker, StringComparison.Ordinal))
                hasForeign = hasForged = true;
            else if (TryRead(ChoiceSigner.Unsigned(pair.Value), rules, now.ToDayNumber(), known, out var read))
                state = state is null ? read : Stricter(state, read, rules);
            else if (IsOfAnotherVersion(pair.Value))
                hasNewer = true;
            else
                hasForeign = true;
        }

        return new ConsentReading(state ?? rules.Undecided, hasForeign, hasForged, hasNewer);
    }

    // Such as g2, written by a replica that already has a newer version.
    private static bool IsOfAnotherVersion(ReadOnlySpan<char> value) =>
        value.Length > 2 && value[0] == 'g' && char.IsAsciiDigit(value[1]) && !value.StartsWith(Marker, StringComparison.Ordinal);

    private static bool TryRead(ReadOnlySpan<char> value, ConsentRules rules, int today, KnownStates? known, out ConsentState state)
    {
        if (known is null || !known.TryGet(rules, value, out state!))
        {
            if (!TryParse(value, rules, today, out state))
                return false;
            known?.Set(rules, value, state);
        }

        // The clocks of two replicas can differ around midnight. A later day is not valid.
        return state.Day <= today + 1 && state.Day + rules.Cookie.Days >= today;
    }

    private static bool TryParse(ReadOnlySpan<char> value, ConsentRules rules, int today, out ConsentState state)
    {
        state = null!;
        if (value.Length > LongestValue || !value.StartsWith(Marker, StringComparison.Ordinal))
            return false;

        var answers = new Dictionary<string, GivenAnswer>(StringComparer.Ordinal);
        var firstDays = new Dictionary<string, int>(StringComparer.Ordinal);
        var objected = false;
        var day = -1;
        foreach (var range in value.Split('~'))
        {
            var part = value[range];
            var isRead = day < 0 ? TryDay(part[Marker.Length..], out day)
                : part.SequenceEqual(Objection) ? objected = true
                : part.StartsWith('@') ? TryFirstDay(part[1..], today, firstDays)
                : TryAnswer(part, answers);
            if (!isRead || answers.Count + firstDays.Count > MostParts)
                return false;
        }

        state = new ConsentState(rules.Versions, day, answers, objected, firstDays);
        return true;
    }

    private static bool TryDay(ReadOnlySpan<char> text, out int day)
    {
        day = 0;
        return text.Length <= 6 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out day);
    }

    private static bool TryFirstDay(ReadOnlySpan<char> text, int today, Dictionary<string, int> firstDays)
    {
        var dot = text.IndexOf('.');
        return dot is > 0 and <= 8 && TryDay(text[(dot + 1)..], out var day) && day <= today + 1
            && firstDays.TryAdd(text[..dot].ToString(), day);
    }

    private static bool TryAnswer(ReadOnlySpan<char> text, Dictionary<string, GivenAnswer> answers)
    {
        var last = text.LastIndexOf('.');
        var first = text.IndexOf('.');
        if (first is < 1 or > 32 || last <= first + 1 || last - first > 16 || text.Length != last + 2 || text[^1] is not ('0' or '1'))
            return false;

        return answers.TryAdd(text[..first].ToString(), new GivenAnswer(text[(first + 1)..last].ToString(), text[^1] == '1'));
    }

    private static ConsentState Stricter(ConsentState left, ConsentState right, ConsentRules rules)
    {
        // Only what both grant is granted. Both end with the older day.
        var answers = left.Answers.Concat(right.Answers)
            .GroupBy(answer => answer.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => Stricter([.. group.Select(answer => answer.Value)], rules.Versions.GetValueOrDefault(group.Key)), StringComparer.Ordinal);
        var firstDays = left.FirstDays.Concat(right.FirstDays)
            .GroupBy(first => first.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Min(first => first.Value), StringComparer.Ordinal);

        return new ConsentState(rules.Versions, Math.Min(left.Day!.Value, right.Day!.Value), answers, left.Objected || right.Objected, firstDays);
    }

    private static GivenAnswer Stricter(GivenAnswer[] given, string? version)
    {
        var current = given.Where(answer => answer.Version == version).DefaultIfEmpty(given[0]).ToArray();
        return current[0] with { Granted = given.Length == 2 && current.Length == 2 && current.All(answer => answer.Granted) };
    }
}
