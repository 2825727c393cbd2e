using Gateway.Csp;
using Xunit;

namespace Gateway.Tests.Csp;

public sealed class ReportAddressesTests
{
    [Theory]
    [InlineData("default-src 'self'; report-uri https://bad.test/r", "default-src 'self';")]
    [InlineData("default-src 'self'; report-uri https://bad.test/r /own; img-src *", "default-src 'self'; report-uri /own; img-src *")]
    [InlineData("REPORT-URI\thttps://bad.test/r\n/own", " report-uri /own")]
    [InlineData("report-uri https://bad.test/r, report-uri /own https://bad.test/", ", report-uri /own")]
    [InlineData("img-src https://bad.test/report-uri", "img-src https://bad.test/report-uri")]
    [InlineData("report-uri /own; x-report-uri https://bad.test/", "report-uri /own; x-report-uri https://bad.test/")]
    [InlineData("report-uri", "report-uri")]
    [InlineData("", "")]
    public void Refused_addresses_are_removed_and_no_other_byte_changes(string line, string expected) =>
        Assert.Equal(expected, ReportAddresses.Without(line, address => address.StartsWith("https://bad.test", StringComparison.Ordinal)));
}
