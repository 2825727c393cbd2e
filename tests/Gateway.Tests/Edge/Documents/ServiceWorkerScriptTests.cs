using System.Text.RegularExpressions;
using Gateway.Tests.Support;
using Xunit;
using static Gateway.Tests.Edge.Documents.ThirdPartySite;

namespace Gateway.Tests.Edge.Documents;

public sealed class ServiceWorkerScriptTests
{
    [Fact]
    public async Task The_script_of_a_service_worker_ends_with_the_policy_so_that_it_changes_with_it()
    {
        const string Script = "self.onfetch = () => {}";
        await using var gateway = await StartAsync(context =>
        {
            context.Response.ContentType = "text/javascript";
            context.Response.Headers.ETag = "\"1\"";
            context.Response.Headers.LastModified = "Mon, 23 Nov 2026 12:00:00 GMT";
            context.Response.ContentLength = Script.Length;
            return context.Response.WriteAsync(Script);
        });
        var visitor = new Visitor(gateway);

        var before = await ScriptAsync();
        Assert.Equal(before, await ScriptAsync());
        await visitor.ChooseAsync("""{"choice":"save","granted":["statistics"]}""");
        Assert.NotEqual(before, await ScriptAsync());
        Assert.All(gateway.Received, request => Assert.Equal(("identity", (string?)null), ((string?)request.Headers.AcceptEncoding, (string?)request.Headers.IfNoneMatch)));

        async Task<string> ScriptAsync()
        {
            var answer = await visitor.SendAsync(HttpMethod.Get, "/sw.js",
                [("Service-Worker", "script"), ("Accept-Encoding", "gzip, br"), ("If-None-Match", "\"1\""), .. Requests.Fetch("serviceworker", "same-origin", "same-origin")]);
            Assert.Equal(answer.Content.Headers.ContentLength, (await answer.BytesAsync()).Length);
            Assert.Empty(answer.Lines("ETag"));
            Assert.Empty(answer.Lines("Last-Modified"));
            Assert.StartsWith(Own, Assert.Single(Policies(answer)), StringComparison.Ordinal);
            Assert.Matches($"^{Regex.Escape(Script)}\n//[A-Za-z0-9_-]{{8}}\n$", await answer.BytesAsync());
            return await answer.BytesAsync();
        }
    }

    [Fact]
    public async Task A_service_worker_that_cannot_be_extended_may_load_from_no_third_party()
    {
        await using var gateway = await StartAsync(context =>
        {
            context.Response.Headers.ContentEncoding = "br";
            return AnswerAsync(context, "text/javascript", 200);
        });
        var visitor = new Visitor(gateway);
        await visitor.ChooseAsync("""{"choice":"accept"}""");

        var answer = await visitor.SendAsync(HttpMethod.Get, "/sw.js", [("Service-Worker", "script"), .. Requests.Fetch("serviceworker", "same-origin", "same-origin")]);
        Assert.Equal([Own], Policies(answer));
        Assert.Equal(Requests.Html, await answer.BytesAsync());
    }
}
