namespace Gateway.Cookies;

/// <summary>What one visitor lets through: the categories granted, and since when exempt audience cookies are there.</summary>
/// <param name="signals">What the browser holds back of it.</param>
internal sealed class Grants(
    IReadOnlySet<string> categories, bool audience, IReadOnlyDictionary<string, int>? firstDays, BrowserSignals signals = BrowserSignals.None)
{
    /// <summary>A visitor who has not been asked: exempt entries only.</summary>
    public static readonly Grants ExemptOnly = new(new HashSet<string>(), audience: true, firstDays: null);

    /// <summary>Whether the entry may be stored and read: exempt, or its category granted (Art. 82 LIL).</summary>
    public bool Allows(CookieEntry entry) =>
        (entry.HeldBackBy & signals) == 0
        && (entry.IsAudience ? audience : !entry.NeedsConsent || categories.Contains(entry.Category));

    /// <summary>What is left of it where the browser says this.</summary>
    public Grants Under(BrowserSignals said) => said == signals ? this : new Grants(categories, audience, firstDays, said);

    /// <summary>Whether there is a consent cookie in which the first day of an audience cookie can be kept.</summary>
    public bool Remembers => firstDays is not null;

    /// <summary>Day number (since 1970) on which the entry was first set; null where that is not known.</summary>
    /// <param name="entryNumber"><see cref="CookieTable.Row.Number"/>.</param>
    public int? FirstDay(string entryNumber) =>
        firstDays is not null && firstDays.TryGetValue(entryNumber, out var day) ? day : null;
}
