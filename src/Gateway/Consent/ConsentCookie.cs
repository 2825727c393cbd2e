using System.Globalization;
using System.Text;
using Gateway.Cookies;

namespace Gateway.Consent;

/// <summary>What a request's consent cookies say.</summary>
/// <param name="HasForeign">Whether one was unreadable, expired or not ours: it counts for nothing and is to be deleted.</param>
/// <param name="HasNewer">Whether one was written by a gateway ahead of this one: it may have granted what is not known here.</param>
internal readonly record struct ConsentReading(ConsentState State, bool HasForeign, bool HasNewer);

/// <summary>
/// The consent cookie's value: <c>g1.&lt;day&gt;</c>, then for each answer <c>~&lt;category&gt;.&lt;version&gt;.&lt;1|0&gt;</c>, for an objection
/// to exempt audience measurement <c>~audience.-.0</c>, for each exempt audience entry's first day <c>~@&lt;number&gt;.&lt;day&gt;</c>.
/// It holds no identifier: equal choices on one day have equal bytes.
/// </summary>
internal static class ConsentCookie
{
    /// <summary>What values of ours begin with.</summary>
    public const string Marker = "g1.";

    private const string Objection = "audience.-.0";
    /// <summary>Characters a value has at most; browsers keep 4096 of name, value and attributes together.</summary>
    public const int LongestValue = 2048;

    /// <summary>Cookies of the name that are read in one request; with more, none of them counts.</summary>
    public const int MostCopies = 8;

    /// <summary>Answers and first days a value has at most.</summary>
    public const int MostParts = 64;

    public static string Write(ConsentState state)
    {
        var text = new StringBuilder(Marker).Append(state.Day ?? throw new ArgumentException("There is no decision to write down.", nameof(state)));
        foreach (var (category, answer) in state.Answers.OrderBy(answer => answer.Key, StringComparer.Ordinal))
            text.Append('~').Append(category).Append('.').Append(answer.Version).Append('.').Append(answer.Granted ? '1' : '0');
        if (state.Objected)
            text.Append('~').Append(Objection);
        foreach (var (number, day) in state.FirstDays.OrderBy(first => first.Key, StringComparer.Ordinal))
            text.Append("~@").Append(number).Append('.').Append(day);

        return text.ToString();
    }

    /// <summary>Reads every cookie of the name in a request; among several readable ones the most restrictive counts.</summary>
    public static ConsentReading Read(string? cookieHeader, ConsentRules rules, DateTimeOffset now)
    {
        ConsentState? state = null;
        bool hasForeign = false, hasNewer = false;
        var copies = 0;
        foreach (var pair in new CookiePairs(cookieHeader))
        {
            if (!pair.Name.SequenceEqual(rules.Cookie.Name))
                continue;

            // A browser has one copy for each domain and path. Nobody who sends more is a visitor with a choice.
            if (++copies > MostCopies)
                return new ConsentReading(rules.Undecided, HasForeign: true, hasNewer);

            if (TryRead(pair.Value, rules, DayNumber.Of(now), out var read))
                state = state is null ? read : Stricter(state, read, rules);
            else if (IsOfAnotherVersion(pair.Value))
                hasNewer = true;
            else
                hasForeign = true;
        }

        return new ConsentReading(state ?? rules.Undecided, hasForeign, hasNewer);
    }

    // A replica with a newer gateway may have written g2; it is not ours to delete.
    private static bool IsOfAnotherVersion(ReadOnlySpan<char> value) =>
        value.Length > 2 && value[0] == 'g' && char.IsAsciiDigit(value[1]) && !value.StartsWith(Marker, StringComparison.Ordinal);

    private static bool TryRead(ReadOnlySpan<char> value, ConsentRules rules, int today, out ConsentState state)
    {
        if (!rules.TryRecall(value, out state!))
        {
            if (!TryParse(value, rules, today, out state))
                return false;
            rules.Remember(value.ToString(), state);
        }

        // A clock a day ahead is a clock; anything more is no decision of this visitor.
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

        state = new ConsentState(rules, day, answers, objected, firstDays);
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
        // What only one of them grants is not granted; the older day ends both.
        var answers = left.Answers.Concat(right.Answers)
            .GroupBy(answer => answer.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => Stricter([.. group.Select(answer => answer.Value)], rules.Versions.GetValueOrDefault(group.Key)), StringComparer.Ordinal);
        var firstDays = left.FirstDays.Concat(right.FirstDays)
            .GroupBy(first => first.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Min(first => first.Value), StringComparer.Ordinal);

        return new ConsentState(rules, Math.Min(left.Day!.Value, right.Day!.Value), answers, left.Objected || right.Objected, firstDays);
    }

    private static GivenAnswer Stricter(GivenAnswer[] given, string? version)
    {
        var current = given.Where(answer => answer.Version == version).DefaultIfEmpty(given[0]).ToArray();
        return current[0] with { Granted = given.Length == 2 && current.Length == 2 && current.All(answer => answer.Granted) };
    }
}
