using Gateway.Sites;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Cookies;

/// <summary>Allowed lines on the wire: the same bytes in the same order, on every kind of response.</summary>
public class CookieLinesTests
{
    /// <summary>Lines that the gateway must not normalize.</summary>
    private static readonly string[] Lines =
    [
        "sessionid=1",
        "sessionid=1; Secure",
        "sessionid=1; SameSite=None",
        "sessionid=1; samesite=Whatever; priority=high",
        "sessionid=1; SameSite=None; Secure; Partitioned",
        "sessionid=1; HttpOnly=true;  Secure=1",
        "sessionid=1; Path=/a; Path=/b; Domain=elsewhere.example; Domain=.Example.ORG",
        "sessionid=1; Path; Domain=; Path=relative",
        "sessionid=1; Domain=localhost; Path=/app/",
        "__Host-id=1; Secure; Path=/",
        "__host-id=1; Path=/",
        "__Secure-id=1; Secure",
        "__HTTP-id=1; Secure; HttpOnly",
        "__Host-Http-id=1; Secure; HttpOnly; Path=/",
        "csrftoken=" + new string('v', 6_000),
    ];

    [Fact, Row("I1", "I4", "I7", "I8", "I9", "I10", "I11", "I14", "I18", "I19")]
    public async Task Allowed_lines_pass_byte_for_byte()
    {
        var answer = await AskAsync(Lines, "GET");
        Assert.Equal(Lines, LinesOf(answer));
        Assert.DoesNotContain("private", answer, StringComparison.Ordinal);
    }

    [Fact, Row("I18", "I1")]
    public async Task Two_hundred_lines_pass_in_their_order()
    {
        string[] many = [.. Enumerable.Range(0, 200).Select(number => $"sessionid={number}; Path=/{number % 7}")];
        Assert.Equal(many, LinesOf(await AskAsync(many, "GET")));
    }

    [Theory, Row("I7", "I14")]
    [InlineData("__Host-id=1; Max-Age=99999999; Secure; Path=/", "__Host-id=1; Max-Age=1209600; Secure; Path=/")]
    [InlineData("__Secure-id=1;Secure;Max-Age=99999999", "__Secure-id=1;Secure;Max-Age=1209600")]
    [InlineData("sessionid=1; Path=/a; Max-Age=99999999; Path=/b; Max-Age=88888888", "sessionid=1; Path=/a; Max-Age=1209600; Path=/b; Max-Age=1209600")]
    [InlineData("sessionid=1; Max-Age=60; Domain=a; Max-Age=99999999; Domain=b", "sessionid=1; Max-Age=60; Domain=a; Max-Age=1209600; Domain=b")]
    public async Task Shortening_a_lifetime_keeps_the_other_bytes_of_the_line(string line, string shortened) =>
        Assert.Equal([shortened], LinesOf(await AskAsync([line], "GET")));

    /// <remarks>Browsers send a nameless cookie as its value alone, so a value with <c>=</c> would look like another cookie.</remarks>
    [Theory, Row("I7", "I20", "I3")]
    [InlineData("=__Host-id=forged; Path=/")]
    [InlineData("__Host-id; Path=/")]
    [InlineData("=sessionid=forged")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(";")]
    public async Task A_line_without_a_name_is_removed_whatever_its_value(string line) =>
        Assert.Equal(["sessionid=1"], LinesOf(await AskAsync([line, "sessionid=1"], "GET")));

    [Theory, Row("I16")]
    [InlineData("OPTIONS")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("PROPFIND")]
    [InlineData("INVENTED")]
    public async Task Responses_to_every_method_are_filtered(string method) =>
        Assert.Equal(["sessionid=1", "_ga=; Max-Age=0"], LinesOf(await AskAsync(["_ga=1", "sessionid=1", "unlisted=2", "_ga=3; Max-Age=0"], method)));

    [Fact, Row("I21")]
    public async Task A_Set_Cookie2_header_is_not_changed()
    {
        await using var backend = RawBackend.Start(_ => RawBackend.Response("200 OK", ["Set-Cookie2: _ga=1; Version=1", "Set-Cookie: _ga=2"], "x"));
        await using var gateway = await StartAsync(backend);
        var answer = await gateway.RawAsync("GET / HTTP/1.1\nHost: localhost\nCookie2: $Version=1\nConnection: close\n\n");
        Assert.Contains("\r\nSet-Cookie2: _ga=1; Version=1\r\n", answer, StringComparison.Ordinal);
        Assert.Empty(LinesOf(answer));
        Assert.Equal("$Version=1", backend.Received.Single()["Cookie2"]);
    }

    /// <summary>Neither load balancing nor data protection sets one.</summary>
    [Theory, Row("I23")]
    [InlineData(nameof(LoadBalancing.RoundRobin))]
    [InlineData(nameof(LoadBalancing.PowerOfTwoChoices))]
    [InlineData(nameof(LoadBalancing.FirstAlphabetical))]
    public async Task The_gateway_sets_no_cookie_except_the_consent_cookie(string balancing)
    {
        await using var one = RawBackend.Start(_ => RawBackend.Response("200 OK", ["Content-Type: text/html"], Requests.Html));
        await using var two = RawBackend.Start(_ => RawBackend.Response("200 OK", ["Content-Type: text/html"], Requests.Html));
        await using var gateway = await TestGateway.StartAsync(
        [
            TestSites.Library("") with { Backend = null, Backends = [new BackendConfig { Addresses = [one.Url.ToString(), two.Url.ToString()], LoadBalancing = Enum.Parse<LoadBalancing>(balancing) }] },
        ]);
        for (var visit = 0; visit < 4; visit++)
            Assert.Empty((await gateway.NavigateAsync("/")).SetCookies());
        Assert.Equal(["cookies_preferences"], (await gateway.Client.ChooseAsync("{\"choice\":\"refuse\"}")).SetCookies().Select(line => line.Split('=')[0]));
        Assert.Empty((await gateway.GetAsync("/_choices/")).SetCookies());
    }

    private static Task<TestGateway> StartAsync(RawBackend backend) => TestGateway.StartAsync(
    [
        TestSites.Library(backend.Url.ToString()) with
        {
            Cookies = [.. TestSites.Library("").Cookies, TestSites.Entry(Table.Necessary("__Host-id", "__host-id", "__Secure-id", "__HTTP-id", "__Host-Http-id"))],
        },
    ]);

    private static async Task<string> AskAsync(IEnumerable<string> lines, string method)
    {
        await using var backend = RawBackend.Start(_ => RawBackend.Response("200 OK", ["Cache-Control: max-age=60", .. lines.Select(line => "Set-Cookie: " + line)], "x"));
        await using var gateway = await StartAsync(backend);
        return await gateway.RawAsync($"{method} / HTTP/1.1\nHost: localhost\nContent-Length: 0\nConnection: close\n\n");
    }

    private static IEnumerable<string> LinesOf(string answer)
    {
        const string Name = "Set-Cookie: ";
        return answer.Split("\r\n").Where(line => line.StartsWith(Name, StringComparison.Ordinal)).Select(line => line[Name.Length..]);
    }
}
