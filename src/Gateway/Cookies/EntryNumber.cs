namespace Gateway.Cookies;

/// <summary>A short number for an entry that does not depend on its place in the table.</summary>
internal static class EntryNumber
{
    /// <summary>Four base64url characters (24 bits), as the entry's names give them.</summary>
    public static string Of(CookieEntry entry) => ShortHash.Of(string.Join('\n', entry.Names), bytes: 3);
}
