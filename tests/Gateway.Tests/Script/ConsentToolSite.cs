using Gateway.Sites;
using Gateway.Tests.Support;
using Backend = Gateway.Tests.Support.Backend;

namespace Gateway.Tests.Script;

/// <summary>A site with a consent tool from npm, behind a gateway that is configured as <c>config/existing-banners.md</c> recommends.</summary>
internal sealed class ConsentToolSite : IAsyncDisposable
{
    private readonly Backend _backend;

    private ConsentToolSite(Backend backend, TestGateway gateway)
    {
        _backend = backend;
        Gateway = gateway;
        Url = DemoVisit.At(gateway, DemoVisit.Localhost);
    }

    public TestGateway Gateway { get; }

    public string Url { get; }

    /// <summary>Services that the browser has requested so far.</summary>
    public IEnumerable<string> Loaded => _backend.Received.Where(request => request.Target.StartsWith("/service/", StringComparison.Ordinal)).Select(request => request.Target);

    /// <summary>The Cookie header of the last request for a path.</summary>
    public string? CookiesAt(string path) => _backend.Received.Last(request => request.Target == path).Cookie;

    /// <param name="tool">The consent tool. Its page answers every path.</param>
    /// <param name="change">Changes the configuration that contains the snippet.</param>
    public static async Task<ConsentToolSite> StartAsync(ConsentTool tool, Func<SiteConfig, SiteConfig>? change = null)
    {
        NpmPackages.Need(tool.Package);
        var page = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "cases", "existing-banners", tool.Package + ".html"));
        var backend = await Backend.StartAsync(context => AnswerAsync(context, tool, page));
        var site = Configured(tool) with { Hosts = ["localhost", "127.0.0.1"], Backend = backend.Url.ToString() };
        return new ConsentToolSite(backend, await DemoVisit.StartAsync(change is null ? site : change(site)));
    }

    /// <summary>A site with the tool's row and snippet, parsed like an operator's configuration.</summary>
    public static SiteConfig Configured(ConsentTool tool)
    {
        var text = File.ReadAllText(Repository.Path("config/existing-banners.md"));
        var row = Block(text, "# A site's own banner").Replace("\"klaro\"", $"\"{tool.Cookie}\"", StringComparison.Ordinal);
        var snippet = Block(text, $"## {tool.Package}");
        return ShippedSites.OfText($$"""
            { "sites": [{
              "id": "tool", "hosts": ["www.example.org"], "backend": "http://legacy:8000", "languages": ["en"],
              "controller": { "name": "Example Org", "contact": "privacy@example.org" },
              "policy": { "reviewed": "2026-11-23" },
              "categories": [
                { "id": "statistics", "title": { "en": "Statistics" }, "description": { "en": "Counts which pages are read." } },
                { "id": "video", "title": { "en": "Videos" }, "description": { "en": "Plays videos that are kept elsewhere." } },
              ],
              "cookies": [{{row}}, {{Service("counter", "statistics")}}, {{Service("player", "video")}}],
              {{snippet}}
            }] }
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    private static string Service(string name, string category) => $$"""
        { "names": ["{{name}}"], "provider": "Example Org", "category": "{{category}}", "duration": "6 months",
          "privacyPolicy": "https://example.org/privacy", "function": { "en": "Service" }, "purpose": { "en": "Serves" } }
        """;

    // The first JSON block after a heading.
    private static string Block(string text, string heading)
    {
        const string Open = "```json\n";
        var start = text.IndexOf(Open, text.IndexOf($"\n{heading}", StringComparison.OrdinalIgnoreCase) + 1, StringComparison.Ordinal) + Open.Length;
        return text[start..text.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static Task AnswerAsync(HttpContext context, ConsentTool tool, string page)
    {
        var path = context.Request.Path.Value!;
        if (path.StartsWith("/npm/", StringComparison.Ordinal))
        {
            context.Response.ContentType = path.EndsWith(".css", StringComparison.Ordinal) ? "text/css" : "text/javascript";
            return NpmPackages.Find(path["/npm/".Length..]) is { } file ? context.Response.SendFileAsync(file) : Missing(context);
        }

        if (path.StartsWith("/service/", StringComparison.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            context.Response.ContentType = "text/javascript";
            return context.Response.WriteAsync($"document.cookie = '{name}=1; Max-Age=1000'; (window.ran ||= []).push('{name}');");
        }

        if (path == "/favicon.ico")
            return Missing(context);
        if (path == "/asked-by-the-server")
            context.Response.Headers.SetCookie = $"{tool.Cookie}=from-the-server; Path=/";
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(page);
    }

    private static Task Missing(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
