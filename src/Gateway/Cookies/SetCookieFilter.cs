using System.Globalization;

namespace Gateway.Cookies;

/// <summary>What became of a <c>Set-Cookie</c> line.</summary>
internal enum CookieFate
{
    Kept,

    /// <summary>Passed with the declared life instead of its longer own.</summary>
    Shortened,

    /// <summary>A deletion of what is not granted: passed, its value emptied.</summary>
    Emptied,

    /// <summary>Not in the table.</summary>
    Unlisted,

    /// <summary>In the table, not granted by this visitor.</summary>
    NotGranted,

    /// <summary>An exempt audience cookie that a later visit would have renewed (CNIL, 4 July 2025).</summary>
    Renewal,

    /// <summary>A backend may not touch the gateway's cookie.</summary>
    Own,

    /// <summary>Not a line that browsers would store.</summary>
    Unreadable,
}

/// <summary>Everything a line's fate depends on.</summary>
/// <param name="RequestCookies">The request's <c>Cookie</c> header as the browser sent it.</param>
internal readonly record struct SetCookieContext(
    CookieTable Table, Grants Grants, GatewayCookie Own, string? RequestCookies, DateTimeOffset Now);

/// <summary>The line to send (null: none), its fate, and the row it fell under.</summary>
/// <param name="Line">The same string instance where nothing was edited.</param>
/// <param name="IsFirst">Whether an exempt audience cookie was set for the first time: its day is then to be remembered.</param>
internal readonly record struct SetCookieOutcome(string? Line, CookieFate Fate, CookieTable.Row? Row = null, bool IsFirst = false);

/// <summary>Lets a <c>Set-Cookie</c> line pass, passes it on with a shorter life, or refuses it.</summary>
internal static class SetCookieFilter
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static SetCookieOutcome Filter(string line, in SetCookieContext context)
    {
        if (!SetCookieLine.TryRead(line, out var read))
            return new(null, CookieFate.Unreadable);

        var expires = read.ExpiresAt(context.Now);
        var isDeletion = expires <= context.Now;
        if (context.Own.IsReserved(read.Name))
            return new(null, CookieFate.Own);

        var row = context.Table.Find(read.Name);
        var allowed = row is not null && context.Grants.Allows(row.Entry);
        if (isDeletion)
            return allowed ? new(line, CookieFate.Kept, row) : Emptied(line, read, row);

        if (!allowed)
            return new(null, row is null ? CookieFate.Unlisted : CookieFate.NotGranted, row);

        var place = read.Place;
        var longest = row!.MaxLife(place.Domain, place.Path);
        return row.Entry.IsAudience && longest > Day
            ? Audience(line, read, row, longest, expires, context)
            : Capped(line, read, row, expires, longest, context.Now);
    }

    // The value could matter to a browser whose clock is behind ours: it would store the cookie for a while.
    private static SetCookieOutcome Emptied(string line, SetCookieLine read, CookieTable.Row? row)
    {
        var (start, length) = read.ValueRange.GetOffsetAndLength(line.Length);
        if (read.Name.IsEmpty)
            return new(null, CookieFate.Unlisted);

        return new(length == 0 ? line : line.Remove(start, length), CookieFate.Emptied, row);
    }

    // An exempt audience cookie lives 13 months from its first day at most; later visits do not prolong it.
    private static SetCookieOutcome Audience(
        string line, SetCookieLine read, CookieTable.Row row, TimeSpan longest, DateTimeOffset? expires, in SetCookieContext context)
    {
        var (present, sameValue) = CookiePairs.Find(context.RequestCookies, read.Name, read.Value);
        if (sameValue)
            return new(null, CookieFate.Renewal, row);

        var firstDay = context.Grants.FirstDay(row.Number);
        if (firstDay is null && present)
            return Capped(line, read, row, expires, TimeSpan.Zero, context.Now);

        var left = firstDay is { } day
            ? DayNumber.Start(day) + Duration.ThirteenMonths.Length - context.Now
            : longest;
        if (left > TimeSpan.Zero)
            return Capped(line, read, row, expires, left < longest ? left : longest, context.Now) with { IsFirst = firstDay is null };

        // The thirteen months are over: what the browser still has may not go on, a new cookie may begin.
        return present
            ? new(null, CookieFate.Renewal, row)
            : Capped(line, read, row, expires, longest, context.Now) with { IsFirst = true };
    }

    private static SetCookieOutcome Capped(
        string line, SetCookieLine read, CookieTable.Row row, DateTimeOffset? expires, TimeSpan longest, DateTimeOffset now)
    {
        if (expires is null || expires <= now + longest)
            return new(line, CookieFate.Kept, row);

        var edited = line;
        foreach (var attribute in read.Attributes)
        {
            var isMaxAge = attribute.TryMaxAge(out var life);
            var date = now;
            if (!isMaxAge && !attribute.TryExpires(out date))
                continue;

            var shift = edited.Length - line.Length;
            if (longest == TimeSpan.Zero)
                edited = edited.Remove(attribute.Start + shift, attribute.End - attribute.Start);
            else if (isMaxAge ? life > longest : date > now + longest)
                edited = Replace(edited, attribute.ValueRange, shift, isMaxAge ? Seconds(longest) : HttpDate(now + longest));
        }

        return new(edited, CookieFate.Shortened, row);
    }

    private static string Replace(string text, Range range, int shift, string by) =>
        string.Concat(text.AsSpan(0, range.Start.Value + shift), by, text.AsSpan(range.End.Value + shift));

    private static string Seconds(TimeSpan life) => ((long)life.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static string HttpDate(DateTimeOffset date) => date.ToString("R", CultureInfo.InvariantCulture);
}
