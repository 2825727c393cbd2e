using System.Net;
using Gateway.Edge.Endpoints;
using Gateway.Tests.Edge.States;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Endpoints;

/// <summary>Choices that need a real connection: sizes, client addresses, and headers that client libraries do not send.</summary>
public class ChoiceOverSocketsTests
{
    private static Task<TestGateway> StartAsync(params string[] trusted) =>
        TestGateway.StartAsync(_ => Task.CompletedTask, config: config => config with { TrustedProxies = trusted });

    private static string Post(string head, string body) =>
        $"POST /_choices/choice HTTP/1.1\nHost: localhost\nConnection: close\nContent-Type: application/json\n{head}\n\n{body}";

    [Fact]
    public async Task The_largest_choice_is_accepted_and_one_byte_more_is_rejected()
    {
        await using var gateway = await StartAsync();
        var largest = Flow.Refuse.PadRight(ChoiceRequest.LongestBody);
        (await gateway.Client.ChooseAsync(largest)).Answers(HttpStatusCode.NoContent);
        var response = await gateway.Client.ChooseAsync(largest + " ");
        response.Answers(HttpStatusCode.RequestEntityTooLarge);
        Assert.Empty(response.SetCookies());
        Assert.Empty(gateway.Received);
    }

    [Fact]
    public async Task The_size_limit_applies_to_a_chunked_choice()
    {
        await using var gateway = await StartAsync();
        const string Head = "Sec-Fetch-Site: same-origin\nTransfer-Encoding: chunked";
        var small = await gateway.RawAsync(Post(Head, $"13\n{Flow.Refuse}\n0\n\n".Replace("13\n", $"{Flow.Refuse.Length:x}\n", StringComparison.Ordinal)));
        Assert.StartsWith("HTTP/1.1 204 ", small, StringComparison.Ordinal);
        var piece = new string(' ', 0x1000);
        var large = await gateway.RawAsync(Post(Head, $"{Flow.Refuse.Length:x}\n{Flow.Refuse}\n1000\n{piece}\n1000\n{piece}\n0\n\n"));
        Assert.StartsWith("HTTP/1.1 413 ", large, StringComparison.Ordinal);
        Assert.DoesNotContain("Set-Cookie", large, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Origin:\nSec-Fetch-Site: same-origin")]
    [InlineData("Origin: http://localhost\nSec-Fetch-Site:")]
    [InlineData("Origin: http://localhost\nOrigin: http://evil.example")]
    [InlineData("Sec-Fetch-Site: same-origin\nSec-Fetch-Site: same-origin")]
    public async Task A_choice_with_malformed_origin_headers_is_rejected(string head)
    {
        await using var gateway = await StartAsync();
        var body = $"{head}\nContent-Length: {Flow.Accept.Length}".TrimStart('\n');
        var answer = await gateway.RawAsync(Post(body, Flow.Accept));
        Assert.StartsWith("HTTP/1.1 403 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Set-Cookie", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_rate_limit_of_one_address_does_not_affect_another()
    {
        await using var gateway = await StartAsync("127.0.0.1");
        await AssertStoppedAsync(gateway, "198.51.100.7");
        (await ChooseFromAsync(gateway, "198.51.100.8")).Answers(HttpStatusCode.NoContent);
        (await ChooseFromAsync(gateway, "2001:db8::1")).Answers(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task The_rate_limit_treats_an_IPv6_64_network_as_one_address()
    {
        await using var gateway = await StartAsync("127.0.0.1");
        var answers = new List<HttpStatusCode>();
        for (var count = 0; count < PostLimits.Burst * 2; count++)
            answers.Add((await ChooseFromAsync(gateway, $"2001:db8:1:2::{count:x}")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        (await ChooseFromAsync(gateway, "2001:db8:1:3::1")).Answers(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_forwarded_address_from_an_untrusted_client_does_not_change_the_rate_limit()
    {
        await using var gateway = await StartAsync();
        await AssertStoppedAsync(gateway, "198.51.100.7");
        (await ChooseFromAsync(gateway, "198.51.100.8")).Answers(HttpStatusCode.TooManyRequests);
    }

    /// <summary><c>X-Forwarded-For</c> is read backwards up to the first undeclared address, because a client can invent the ones before it.</summary>
    [Fact]
    public async Task A_client_cannot_evade_the_rate_limit_with_an_invented_first_address()
    {
        await using var gateway = await StartAsync("127.0.0.1");
        await AssertStoppedAsync(gateway, "10.0.0.1, 198.51.100.7");
        (await ChooseFromAsync(gateway, "10.0.0.2, 198.51.100.7")).Answers(HttpStatusCode.TooManyRequests);
        (await ChooseFromAsync(gateway, "198.51.100.7, 10.0.0.2")).Answers(HttpStatusCode.NoContent);
    }

    private static async Task AssertStoppedAsync(TestGateway gateway, string forwardedFor)
    {
        for (var count = 0; count < PostLimits.Burst; count++)
            (await ChooseFromAsync(gateway, forwardedFor)).Answers(HttpStatusCode.NoContent);

        // The bucket was refilled a little in the meantime.
        var response = await ChooseFromAsync(gateway, forwardedFor);
        for (var count = 0; count < PostLimits.Burst && response.StatusCode == HttpStatusCode.NoContent; count++)
            response = await ChooseFromAsync(gateway, forwardedFor);
        response.Answers(HttpStatusCode.TooManyRequests);
        Assert.Equal("60", response.Line("Retry-After"));
        Assert.Empty(response.SetCookies());
    }

    private static Task<HttpResponseMessage> ChooseFromAsync(TestGateway gateway, string forwardedFor) =>
        gateway.Client.ChooseAsync(Flow.Refuse, ("X-Forwarded-For", forwardedFor));
}
