using System.Globalization;

namespace Gateway.Cookies;

/// <summary>What the gateway did with a cookie or storage key, and why.</summary>
internal enum CookieFate
{
    Kept,

    /// <summary>Passed with the longest allowed lifetime, which is shorter than the one the site sent.</summary>
    Shortened,

    /// <summary>A deletion of a cookie that is not granted: passed without its value.</summary>
    Emptied,

    /// <summary>Removed: not in the cookie table.</summary>
    Unlisted,

    /// <summary>Removed: in the cookie table, but not granted by this visitor.</summary>
    NotGranted,

    /// <summary>Removed: would renew an exempt audience cookie (CNIL, 4 July 2025).</summary>
    Renewal,

    /// <summary>Removed: the name is reserved for the gateway's own cookies.</summary>
    Reserved,

    /// <summary>Removed: browsers do not store such a line.</summary>
    Unreadable,
}

/// <summary>Everything on which the result for a line depends.</summary>
/// <param name="RequestCookies">The request's <c>Cookie</c> header as the browser sent it.</param>
/// <param name="RequestTarget">The request's path as the browser sent it; may include the query.</param>
internal readonly record struct SetCookieContext(
    CookieTable Table, Grants Grants, GatewayCookie GatewayCookie, string? RequestCookies, DateTimeOffset Now, string RequestTarget = "/");

/// <summary>The result of filtering one line.</summary>
/// <param name="line">See <see cref="Line"/>.</param>
internal readonly ref struct SetCookieOutcome(string? line, CookieFate fate, SetCookieLine read = default, CookieTable.Row? row = null)
{
    /// <summary>The line to send, the same string instance if it was not edited; null if nothing is sent.</summary>
    public string? Line { get; init; } = line;

    public CookieFate Fate { get; } = fate;

    /// <summary>The line as the site sent it; empty if it is <see cref="CookieFate.Unreadable"/>.</summary>
    public SetCookieLine Read { get; } = read;

    /// <summary>The row of the cookie's name; null if the table does not list it or was not asked.</summary>
    public CookieTable.Row? Row { get; } = row;

    /// <summary>Whether this sets an exempt audience cookie for the first time, so that the day must be stored.</summary>
    public bool IsFirst { get; init; }
}

/// <summary>Passes a <c>Set-Cookie</c> line, passes it with a shorter lifetime, or removes it.</summary>
internal static class SetCookieFilter
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static SetCookieOutcome Filter(string line, scoped in SetCookieContext context)
    {
        if (!SetCookieLine.TryRead(line, out var read))
            return new(null, CookieFate.Unreadable);

        var expires = read.ExpiryAt(context.Now);
        var isDeletion = expires.Time <= context.Now;
        if (context.GatewayCookie.IsReserved(read.Name))
            return new(null, CookieFate.Reserved, read);

        var row = context.Table.Find(read.Name);
        var allowed = row is not null && context.Grants.Allows(row.Entry);
        if (isDeletion)
            return allowed ? new(expires.IsClear ? line : Certain(line), CookieFate.Kept, read, row) : Emptied(line, read, row, expires);

        if (!allowed)
            return new(null, row is null ? CookieFate.Unlisted : CookieFate.NotGranted, read, row);

        var longest = row!.MaxLife(read.ScopeAt(context.RequestTarget));
        return row.Entry.IsAudience && longest > Day
            ? Audience(line, read, row, longest, expires, context)
            : Capped(line, read, row, expires, longest, context.Now);
    }

    // A deletion in all browsers, if only some read the line as one: the last Max-Age decides.
    private static string Certain(string line) => line + "; Max-Age=0";

    // Without the value, because a browser whose clock is slow would store the cookie for a while.
    private static SetCookieOutcome Emptied(string line, SetCookieLine read, CookieTable.Row? row, CookieExpiry expires)
    {
        var (start, length) = read.ValueRange.GetOffsetAndLength(line.Length);
        if (read.Name.IsEmpty)
            return new(null, CookieFate.Unlisted, read);

        var emptied = length == 0 ? line : line.Remove(start, length);
        return new(expires.IsClear ? emptied : Certain(emptied), CookieFate.Emptied, read, row);
    }

    // An exempt audience cookie lives at most 13 months from its first day. Later visits do not prolong it.
    private static SetCookieOutcome Audience(
        string line, SetCookieLine read, CookieTable.Row row, TimeSpan longest, CookieExpiry expires, scoped in SetCookieContext context)
    {
        var (present, sameValue) = CookiePairs.Find(context.RequestCookies, read.Name, read.Value);
        if (sameValue)
            return new(null, CookieFate.Renewal, read, row);

        var firstDay = context.Grants.FirstDay(row.Number);
        if (firstDay is null && present)
            return Capped(line, read, row, expires, TimeSpan.Zero, context.Now);

        var left = firstDay is { } day
            ? UtcDays.StartOf(day) + Duration.ThirteenMonths.Length - context.Now
            : longest;
        if (left > TimeSpan.Zero)
            return Capped(line, read, row, expires, left < longest ? left : longest, context.Now, isFirst: firstDay is null);

        // The 13 months are over: the cookie that the browser has must not be prolonged, but a new one may begin.
        return present
            ? new(null, CookieFate.Renewal, read, row)
            : Capped(line, read, row, expires, longest, context.Now, isFirst: true);
    }

    private static SetCookieOutcome Capped(
        string line, SetCookieLine read, CookieTable.Row row, CookieExpiry expires, TimeSpan longest, DateTimeOffset now, bool isFirst = false)
    {
        var isShort = expires.Time is null || expires.Time <= now + longest;
        if (isShort && expires.IsClear)
            return new(line, CookieFate.Kept, read, row) { IsFirst = isFirst };

        var edited = line;
        foreach (var attribute in read.Attributes)
        {
            var isMaxAge = attribute.TryMaxAge(out var life, out var isClear);
            var date = now;
            if (!isMaxAge && !attribute.TryExpires(out date, out isClear))
                continue;

            var shift = edited.Length - line.Length;
            var most = isMaxAge ? life : date - now;
            if (longest == TimeSpan.Zero)
                edited = edited.Remove(attribute.Start + shift, attribute.End - attribute.Start);
            else if (!isClear || most > longest)
                edited = Replace(edited, attribute.ValueRange, shift, isMaxAge ? Seconds(most, longest) : HttpDate(now + Shorter(most, longest)));
        }

        return new(edited, isShort ? CookieFate.Kept : CookieFate.Shortened, read, row) { IsFirst = isFirst };
    }

    private static string Replace(string text, Range range, int shift, string by) =>
        string.Concat(text.AsSpan(0, range.Start.Value + shift), by, text.AsSpan(range.End.Value + shift));

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static string Seconds(TimeSpan left, TimeSpan right) =>
        ((long)Shorter(left, right).TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static string HttpDate(DateTimeOffset date) => date.ToString("R", CultureInfo.InvariantCulture);
}
