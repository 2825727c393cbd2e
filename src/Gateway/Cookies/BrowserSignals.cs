namespace Gateway.Cookies;

/// <summary>
/// Privacy signals that a browser sends with every request. A signal withdraws grants and never adds any. To add one: a member here, its
/// header in <c>ConsentMiddleware.SignalsOf</c>, and the entries that it applies to in <see cref="CookieEntry.HeldBackBy"/>.
/// </summary>
[Flags]
internal enum BrowserSignals : byte
{
    None = 0,

    /// <summary>Global Privacy Control: the user objects to the sale and sharing of data.</summary>
    GlobalPrivacyControl = 1,
}
