using System.Globalization;
using Gateway.Cookies;
using Gateway.Tests.Script;
using Gateway.Tests.Support;
using Gateway.Texts;

namespace Gateway.Tests.Cookies;

/// <summary>A line of <c>cases/expiries.txt</c>: the attributes of a cookie line, and for how long each browser stores the cookie.</summary>
internal sealed record ExpiryCase(string Attributes, string Chromium, string Firefox)
{
    /// <summary>The value of the cookie before the line.</summary>
    public const string Before = "old";

    /// <summary>How long the allowed cookie may be stored.</summary>
    public const int AllowedDays = 200;

    private static readonly TimeSpan Ahead = TimeSpan.FromDays(100);

    public static IReadOnlyList<ExpiryCase> All { get; } = [.. CaseFile.Read("expiries").Select(Parse)];

    /// <summary>A site that allows one name and refuses another.</summary>
    public static SiteNotice Notice { get; } = Notices.Of(
    [
        Notices.Necessary[0] with { Names = ["allowed"], Duration = new Duration(AllowedDays, DurationUnit.Day) },
        Notices.Ga with { Names = ["refused"] },
    ]);

    public static CookieTable Table { get; } = new(Notice.Entries);

    /// <summary>Whether at least one browser deletes the cookie.</summary>
    public bool IsDeletedSomewhere => Chromium == "deleted" || Firefox == "deleted";

    /// <summary>Whether both browsers give this answer.</summary>
    public bool IsUndisputed(string answer) => Chromium == answer && Firefox == answer;

    public static ExpiryCase Parse(string line) =>
        CaseFile.Columns(line) is [var attributes, var chromium, var firefox] ? new(attributes, chromium, firefox) : throw new FormatException(line);

    public override string ToString() => $"{Attributes} | {Chromium} | {Firefox}";

    public string AnswerOf(string browser) => browser == nameof(Support.Chromium) ? Chromium : Firefox;

    /// <summary>The attributes with the date in 100 days.</summary>
    public string AttributesAt(DateTimeOffset now)
    {
        string Part(string format) => (now + Ahead).UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
        return Attributes.Replace("{dd}", Part("dd"), StringComparison.Ordinal).Replace("{MMM}", Part("MMM"), StringComparison.Ordinal)
            .Replace("{yyyy}", Part("yyyy"), StringComparison.Ordinal).Replace("{yy}", Part("yy"), StringComparison.Ordinal)
            .Replace("\\t", "\t", StringComparison.Ordinal);
    }

    /// <summary>The line with another value and these attributes, as the gateway sends it; null if it sends none.</summary>
    public string? Filtered(string name, DateTimeOffset now) => SetCookieFilter.Filter(
        Line(name, now), new SetCookieContext(Table, Grants.ExemptOnly, new GatewayCookie("cookies_preferences", "g1.", ByMarker: false), null, now)).Line;

    /// <summary>The line that the script writes; null if it writes none.</summary>
    public string? Scripted(string name, DateTimeOffset now)
    {
        using var page = new InterpretedPage(Notice, before: $"Date.now = () => {now.ToUnixTimeMilliseconds()}");
        return page.Write(Line(name, now));
    }

    public string Line(string name, DateTimeOffset now) => $"{name}=new; {AttributesAt(now)}";

    /// <summary>A stored cookie as the file describes it.</summary>
    public static string Describe(StoredCookie? cookie, DateTimeOffset now)
    {
        if (cookie is null)
            return "deleted";
        if (cookie.Value == Before)
            return "ignored";
        if (cookie.Expires is not { } expires)
            return "session";

        // Chromium reports times that are a few minutes off.
        return expires.UtcDateTime.Date == (now + Ahead).UtcDateTime.Date ? $"{expires.UtcDateTime.Hour}h" : $"{Math.Round((expires - now).TotalDays)} days";
    }
}
