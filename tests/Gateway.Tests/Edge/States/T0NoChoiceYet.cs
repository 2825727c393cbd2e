using Gateway.Tests.Support;

namespace Gateway.Tests.Edge.States;

/// <summary>T0: a first visit. The visitor has not decided, and silence is not consent (GDPR 4(11)).</summary>
public sealed class T0NoChoiceYet(WireFixture wire) : WireMatrix(wire)
{
    private protected override string Brought => "sessionid=a=b; csrftoken=\"q; v\"";

    private protected override IReadOnlyList<string> Passing => LegacyCookies.Exempt;

    // A semicolon inside quotes separates cookies too, for servers and browsers.
    private protected override string Reaching => "sessionid=a=b; csrftoken=\"q";

    private protected override IReadOnlyList<string> Deleted => [];

    private protected override Task<string?> ArriveAsync(TestGateway gateway) => Task.FromResult<string?>(null);
}
