namespace Gateway.Cookies;

/// <summary>
/// What a browser asks with every request on its user's behalf. A signal takes away from what was granted; none ever grants.
/// A further one is a member here, a header in <c>Edge.SignalHeaders</c>, and the entries that it holds back.
/// </summary>
[Flags]
internal enum BrowserSignals : byte
{
    None = 0,

    /// <summary>Global Privacy Control: no data are to be sold or shared.</summary>
    GlobalPrivacyControl = 1,
}
