using Gateway.Cookies;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Cookies;

/// <summary>The lifetime of a cookie whose name is in several rows. The script follows the same cases.</summary>
public sealed class LifetimeTests
{
    private const int LongerThanAnyRow = 40_000_000;

    public static TheoryData<string> Cases => [.. CaseFile.Read("lifetimes")];

    [Theory, MemberData(nameof(Cases))]
    public void A_cookie_lives_as_long_as_the_row_of_its_scope_allows_otherwise_as_long_as_the_shortest_row(string line)
    {
        var (rows, attributes, target, days) = CaseFile.Columns(line) is [var a, var b, var c, var d] ? (a, b, c, d) : throw new FormatException(line);
        var table = new CookieTable([.. rows.Split(", ").Select(Row)]);
        var context = new SetCookieContext(
            table, Grants.ExemptOnly, new GatewayCookie("cookies_preferences", "g1.", ByMarker: false), null, TestSites.Noon, target);

        var outcome = SetCookieFilter.Filter($"name=1; {attributes}; Max-Age={LongerThanAnyRow}", context);

        Assert.Equal($"name=1; {attributes}; Max-Age={int.Parse(days, null) * 86_400}", outcome.Line);
    }

    internal static CookieEntry Row(string text) => text.Split(' ') is [var domain, var path, var days]
        ? Table.Necessary("name") with
        {
            Domain = domain == "-" ? null : domain,
            Path = path == "-" ? null : path,
            Duration = new Duration(int.Parse(days, null), DurationUnit.Day),
        }
        : throw new FormatException(text);
}
