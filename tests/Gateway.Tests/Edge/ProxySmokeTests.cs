using System.Net;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge;

public class ProxySmokeTests
{
    [Fact]
    public async Task A_page_comes_through_with_our_line_and_without_its_tracker()
    {
        await using var gateway = await TestGateway.StartAsync(context =>
        {
            context.Response.Headers.Append("Set-Cookie", "_ga=1; Max-Age=99");
            context.Response.Headers.Append("Set-Cookie", "sessionid=2; HttpOnly");
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync("<!doctype html><html><head><title>x</title></head><body>hello</body></html>");
        });
        var response = await gateway.NavigateAsync("/a%2Fb?q=%C3%A9", "_ga=1; sessionid=2");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("<head><script src=\"/_choices/", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("sessionid=2; HttpOnly", response.Headers.GetValues("Set-Cookie").First());
        Assert.Equal("sessionid=2", gateway.Received[0].Cookie);
        Assert.Equal("/a%2Fb?q=%C3%A9", gateway.Received[0].Target);
    }

    [Fact]
    public async Task The_factory_serves_the_settings_page()
    {
        await using var pages = new PagesFactory();
        var html = await pages.Browser().GetStringAsync("/_choices/", TestContext.Current.CancellationToken);
        Assert.Contains("Refuse all", html, StringComparison.Ordinal);
    }
}
