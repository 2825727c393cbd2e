using System.Net;
using Gateway.Edge.Endpoints;
using Gateway.Tests.Edge.States;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Endpoints;

/// <summary>What can only be seen on a real connection: sizes, addresses, and headers no client library would send.</summary>
public class ChoiceOverSocketsTests
{
    private static Task<TestGateway> StartAsync(params string[] trusted) =>
        TestGateway.StartAsync(_ => Task.CompletedTask, config: config => config with { TrustedProxies = trusted });

    private static string Post(string head, string body) =>
        $"POST /_choices/choice HTTP/1.1\nHost: localhost\nConnection: close\nContent-Type: application/json\n{head}\n\n{body}";

    [Fact]
    public async Task The_largest_choice_is_taken_and_one_byte_more_is_not()
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
    public async Task A_choice_in_chunks_may_be_no_larger()
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
    public async Task Headers_that_browsers_do_not_send_are_no_proof(string head)
    {
        await using var gateway = await StartAsync();
        var body = $"{head}\nContent-Length: {Flow.Accept.Length}".TrimStart('\n');
        var answer = await gateway.RawAsync(Post(body, Flow.Accept));
        Assert.StartsWith("HTTP/1.1 403 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Set-Cookie", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task One_address_that_posts_without_end_is_stopped_and_another_one_is_not()
    {
        await using var gateway = await StartAsync("127.0.0.1");
        await AssertStoppedAsync(gateway, "198.51.100.7");
        (await ChooseFromAsync(gateway, "198.51.100.8")).Answers(HttpStatusCode.NoContent);
        (await ChooseFromAsync(gateway, "2001:db8::1")).Answers(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task One_ipv6_customer_is_one_address_whatever_its_last_half()
    {
        await using var gateway = await StartAsync("127.0.0.1");
        var answers = new List<HttpStatusCode>();
        for (var count = 0; count < PostLimits.Burst * 2; count++)
            answers.Add((await ChooseFromAsync(gateway, $"2001:db8:1:2::{count:x}")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        (await ChooseFromAsync(gateway, "2001:db8:1:3::1")).Answers(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task An_address_that_nobody_trusted_vouches_for_changes_nothing()
    {
        await using var gateway = await StartAsync();
        await AssertStoppedAsync(gateway, "198.51.100.7");
        (await ChooseFromAsync(gateway, "198.51.100.8")).Answers(HttpStatusCode.TooManyRequests);
    }

    /// <summary>The walk back through the list ends at the first address that is not declared: what stands before it may be invented.</summary>
    [Fact]
    public async Task A_client_cannot_hide_behind_an_invented_first_address()
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

        // A few more were given back meanwhile.
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
