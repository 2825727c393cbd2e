using System.Net.Http.Headers;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Documents;

/// <summary>A page in response to a POST has a mark in <c>Server-Timing</c>, so that the script does not reload it.</summary>
public sealed class PostedPageTests
{
    private const string Ours = "gateway;desc=\"post\"";

    [Theory]
    [InlineData("GET", "text/html", null)]
    [InlineData("HEAD", "text/html", null)]
    [InlineData("POST", "text/html", null, Ours)]
    [InlineData("POST", "text/plain", null)]
    [InlineData("GET", "text/html", "db;dur=53, app", "db;dur=53, app")]
    [InlineData("POST", "text/html", "db;dur=53, app", "db;dur=53, app", Ours)]
    public async Task Only_a_page_in_response_to_a_POST_gets_the_mark_in_Server_Timing(string method, string type, string? measured, params string[] expected)
    {
        await using var gateway = await TestGateway.StartAsync(context =>
        {
            context.Response.ContentType = type;
            if (measured is not null)
                context.Response.Headers["Server-Timing"] = measured;
            return context.Response.WriteAsync(Requests.Html);
        });
        var request = Requests.To(new Uri(gateway.Url, "/order"), new HttpMethod(method), Requests.Navigation);
        if (method == "POST")
            request.Content = new StringContent("book=1", new MediaTypeHeaderValue("application/x-www-form-urlencoded"));

        Assert.Equal(expected, (await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken)).Lines("Server-Timing"));
    }
}
