namespace Gateway.Cookies;

/// <summary>How the gateway saw a cookie or storage key.</summary>
internal enum SightingSource
{
    /// <summary>In a <c>Set-Cookie</c> line of a response.</summary>
    Response,

    /// <summary>In the <c>Cookie</c> header of a request.</summary>
    Request,

    /// <summary>A script of a page tried to write it; the guard in the page reported it.</summary>
    Script,

    /// <summary>A browser reported that a page requests it.</summary>
    Browser,

    /// <summary>In the <c>Cookie</c> header of a request for a page, with whose response it is deleted in the browser.</summary>
    Deletion,
}

/// <summary>The attributes of a <c>Set-Cookie</c> line, as the site sent them.</summary>
/// <param name="SameSite">In lower case: <c>strict</c>, <c>lax</c> or <c>none</c>; null for anything else.</param>
/// <param name="Domain">In lower case and without a leading dot; null for a cookie of the host alone.</param>
/// <param name="Path">A pattern (see <see cref="NameRedaction.OfPath"/>) of the path with which browsers store the cookie.</param>
/// <param name="Lifetime">Null for a session cookie; zero or negative for a deletion.</param>
internal sealed record SeenAttributes(
    bool HttpOnly, bool Secure, bool Partitioned, string? SameSite, string? Domain, string Path, TimeSpan? Lifetime);

/// <summary>
/// A cookie or storage key in live traffic. It holds no value, and no name or path as it was seen: both can be personal data.
/// </summary>
/// <param name="Name">A pattern; see <see cref="NameRedaction.Of"/>.</param>
/// <param name="Page">Pattern of the path of the request, or of the page whose script wrote it; null if not known.</param>
/// <param name="Fate">
/// What the table says: <see cref="CookieFate.Unlisted"/>, <see cref="CookieFate.NotGranted"/> and so on. Where the site is only observed,
/// what the gateway would have done.
/// </param>
/// <param name="Attributes">Only from a response.</param>
internal sealed record Sighting(
    EntryKind Kind, string Name, SightingSource Source, string? Page, CookieFate Fate, SeenAttributes? Attributes = null)
{
    /// <summary>What a host is used for; null if not known, and for other kinds.</summary>
    public HostUse? Use { get; init; }

    /// <summary>Whether only one client has reported it, which may have invented it.</summary>
    public bool IsOfOneClient { get; init; }

    private const string UnreadableName = "(unreadable)";

    public static Sighting Of(in SetCookieOutcome outcome, in SetCookieContext context) => new(
        EntryKind.Cookie,
        outcome.Fate == CookieFate.Unreadable ? UnreadableName : NameRedaction.Of(outcome.Read.Name),
        SightingSource.Response,
        PageOf(context.RequestTarget),
        outcome.Fate,
        outcome.Fate == CookieFate.Unreadable ? null : AttributesOf(outcome.Read, context));

    public static Sighting Of(CutCookie cookie, string requestTarget) =>
        new(EntryKind.Cookie, NameRedaction.Of(cookie.Name), SightingSource.Request, PageOf(requestTarget), FateOf(cookie.Row));

    public static Sighting OfDeletion(CutCookie cookie) =>
        new(EntryKind.Cookie, NameRedaction.Of(cookie.Name), SightingSource.Deletion, Page: null, FateOf(cookie.Row));

    /// <param name="row">The row of the name; null if the table does not list it.</param>
    /// <param name="page">Path of the page; null if not known.</param>
    public static Sighting OfScript(EntryKind kind, string name, CookieTable.Row? row, string? page) =>
        new(kind, NameRedaction.Of(name), SightingSource.Script, page is null ? null : PageOf(page), FateOf(row));

    /// <summary>The fate of a name that was removed because of the table.</summary>
    public static CookieFate FateOf(CookieTable.Row? row) => row is null ? CookieFate.Unlisted : CookieFate.NotGranted;

    private static string PageOf(ReadOnlySpan<char> target) =>
        NameRedaction.OfPath(target.IndexOf('?') is >= 0 and var query ? target[..query] : target);

    private static SeenAttributes AttributesOf(SetCookieLine line, in SetCookieContext context)
    {
        bool httpOnly = false, secure = false, partitioned = false;
        string? sameSite = null;
        foreach (var attribute in line.Attributes)
        {
            httpOnly |= attribute.Is("HttpOnly");
            secure |= attribute.Is("Secure");
            partitioned |= attribute.Is("Partitioned");
            if (attribute.Is("SameSite"))
                sameSite = SameSiteOf(attribute.Value);
        }

        var scope = line.ScopeAt(context.RequestTarget);
        return new SeenAttributes(
            httpOnly,
            secure,
            partitioned,
            sameSite,
            scope.Domain.IsEmpty ? null : scope.Domain.ToString().ToLowerInvariant(),
            NameRedaction.OfPath(scope.Path),
            line.ExpiryAt(context.Now).Time - context.Now);
    }

    private static string? SameSiteOf(ReadOnlySpan<char> value)
    {
        foreach (var known in (ReadOnlySpan<string>)["strict", "lax", "none"])
        {
            if (value.Equals(known, StringComparison.OrdinalIgnoreCase))
                return known;
        }

        return null;
    }
}
