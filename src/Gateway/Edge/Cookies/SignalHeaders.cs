using Gateway.Cookies;

namespace Gateway.Edge.Cookies;

/// <summary>The signals in the headers of a request; they come with every one, whichever site or script it is sent by.</summary>
internal static class SignalHeaders
{
    public static BrowserSignals Of(HttpRequest request) =>
        request.Headers["Sec-GPC"] is ["1", ..] ? BrowserSignals.GlobalPrivacyControl : BrowserSignals.None;
}
