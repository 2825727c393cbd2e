using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Cookies;

/// <summary>A page tells its script for which categories cookies were held back over HTTP, so that it is not loaded again after a grant of another one.</summary>
public sealed class HeldBackTests
{
    [Theory]
    [InlineData("_ga=1", "", "gateway-held;desc=\"statistics\"")]
    [InlineData("_ga=1; Max-Age=0", "", "")]
    [InlineData("sessionid=1", "", "")]
    [InlineData("unlisted=1", "", "")]
    [InlineData("sessionid=1", "ad=1; sessionid=2", "gateway-held;desc=\"advertising\"")]
    public async Task A_document_names_the_categories_whose_cookies_were_refused(string set, string sent, string expected)
    {
        await using var gateway = await TestGateway.StartAsync(context =>
        {
            context.Response.Headers.SetCookie = set;
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync(Requests.Html);
        });
        var visitor = new Visitor(gateway);
        (string, string)[] cookies = sent.Length > 0 ? [("Cookie", sent)] : [];

        Assert.Equal(expected, string.Join(", ", (await visitor.SendAsync(HttpMethod.Get, "/", [.. cookies, .. Requests.Navigation])).Lines("Server-Timing")));
        Assert.Empty((await visitor.SendAsync(HttpMethod.Get, "/", [.. cookies, .. Requests.Fetch("empty", "cors", "same-origin")])).Lines("Server-Timing"));
        await visitor.ChooseAsync("""{"choice":"accept"}""");
        Assert.Empty((await visitor.SendAsync(HttpMethod.Get, "/", [.. Requests.Navigation])).Lines("Server-Timing"));
    }
}
