using Gateway.Tests.Support;

namespace Gateway.Tests.Edge.States;

/// <summary>
/// T7: the visitor granted everything, and the browser objects to sale and sharing of data (<c>Sec-GPC: 1</c>). Cookies that the table marks as
/// sold or shared reach neither the browser nor the backend and are deleted. The other grants stay valid.
/// </summary>
public sealed class T7GlobalPrivacyControl(WireFixture wire) : WireMatrix(wire)
{
    private protected override (string, string)[] Signals => [("Sec-GPC", "1")];

    private protected override IReadOnlyList<string> Passing => LegacyCookies.WithStatistics;

    private protected override string Reaching => LegacyCookies.Statistics;

    private protected override IReadOnlyList<string> Deleted => ["ad", "_gid"];

    private protected override Task<string?> ArriveAsync(TestGateway gateway) => Flow.ChooseAsync(gateway, Flow.Accept);
}
