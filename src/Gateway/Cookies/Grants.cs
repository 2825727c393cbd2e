namespace Gateway.Cookies;

/// <summary>What may be stored and read for one visitor.</summary>
/// <param name="categories">Ids of the categories that need consent and are granted.</param>
/// <param name="audience">Whether exempt audience measurement is allowed: the visitor did not object.</param>
/// <param name="firstDays">
/// Day numbers on which exempt audience cookies were first set, by entry number; null where there is no consent cookie.
/// </param>
/// <param name="signals">The browser's signals, which withdraw grants.</param>
internal sealed class Grants(
    IReadOnlySet<string> categories, bool audience, IReadOnlyDictionary<string, int>? firstDays, BrowserSignals signals = BrowserSignals.None)
{
    /// <summary>The grants of a visitor who has not decided: exempt entries only.</summary>
    public static readonly Grants ExemptOnly = new(new HashSet<string>(), audience: true, firstDays: null);

    /// <summary>Whether the entry may be stored and read: it is exempt or its category is granted (Art. 82 LIL), and no signal withdraws it.</summary>
    public bool Allows(CookieEntry entry) =>
        (entry.HeldBackBy & signals) == 0
        && (entry.IsAudience ? audience : !entry.NeedsConsent || categories.Contains(entry.Category));

    /// <summary>The same grants with the browser's signals applied.</summary>
    public Grants Under(BrowserSignals sent) => sent == signals ? this : new Grants(categories, audience, firstDays, sent);

    /// <summary>Whether there is a consent cookie that can store the first day of an audience cookie.</summary>
    public bool Remembers => firstDays is not null;

    /// <summary>The day number on which the entry was first set (see <see cref="UtcDays.ToDayNumber"/>); null where it is not known.</summary>
    /// <param name="entryNumber"><see cref="CookieEntry.Number"/>.</param>
    public int? FirstDay(string entryNumber) =>
        firstDays is not null && firstDays.TryGetValue(entryNumber, out var day) ? day : null;
}
