using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Gateway.Cookies;
using Gateway.Script;
using Gateway.Tests.Support;
using Gateway.Texts;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Playwright;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>A site with the gateway's script element in its pages and an endpoint for choices. Only for the tests of the script.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PageServer(SiteNotice notice, WebApplication app)
    {
        Notice = notice;
        Script = BannerScript.Render(notice);
        _app = app;
        app.Run(AnswerAsync);
    }

    /// <summary>A script whose cookies are held back. Without that, no choice loads the page again.</summary>
    public const string Held = "<script>document.cookie = '_ga=1; path=/'; document.cookie = 'vplay=1; path=/'</script>";

    public SiteNotice Notice { get; }

    public BannerScript Script { get; }

    /// <summary>Address on <c>localhost</c>, a secure context; ends with a slash.</summary>
    public string Url { get; private set; } = "";

    /// <summary>The same address on a host where HTTP is not a secure context.</summary>
    public string PlainUrl => Url.Replace("localhost", "site.test", StringComparison.Ordinal);

    /// <summary>A page like the others, without the script element.</summary>
    public string BareUrl => Url + "bare";

    public string Head { get; set; } = "<title>A page</title>";

    public string Body { get; set; } = "<h1>A page</h1><p><a href='/other'>Other</a></p><form method='post'><input name='q'></form>";

    public string HtmlTag { get; set; } = "<html lang=\"en\">";

    /// <summary>The whole page, with the script element; null for one made of the parts above.</summary>
    public Func<string, string>? Page { get; set; }

    public string? Csp { get; set; }

    public int ChoiceStatus { get; set; } = 204;

    /// <summary>Whether pages may still set <c>document.domain</c>.</summary>
    public bool AllowsDocumentDomain { get; set; }

    public bool KeepsChoice { get; set; } = true;

    /// <summary>The posted choices: content type and body.</summary>
    public List<(string Type, string Body)> Choices { get; } = [];

    /// <summary>The lists of refused names that were posted.</summary>
    public List<string> Refused { get; } = [];

    public int Pages { get; private set; }

    /// <summary>Answers requests for texts that the script imports. By default, sends the texts.</summary>
    public Func<HttpContext, HashedFile, Task> Words { get; set; } = SendWordsAsync;

    /// <summary>The requested paths of the script and of its texts.</summary>
    public ConcurrentQueue<string> Files { get; } = [];

    public static Task SendWordsAsync(HttpContext context, HashedFile words) => SendAsync(context, "text/javascript", Encoding.UTF8.GetString(words.Bytes));

    /// <summary>Runs a test against a new server, which stops after the pages of the browser are closed.</summary>
    public static async Task RunAsync(Browser browser, SiteNotice notice, Func<IPage, PageServer, Task> test)
    {
        await using var server = await StartAsync(notice);
        await browser.RunAsync(page => test(page, server));
    }

    public static async Task<PageServer> StartAsync(SiteNotice notice)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new PageServer(notice, builder.Build());
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        server.Url = $"http://localhost:{new Uri(server._app.Urls.First()).Port}/";
        return server;
    }

    /// <summary>A consent cookie as the gateway writes it.</summary>
    public static string Cookie(SiteNotice notice, int day, IEnumerable<string> granted, bool objected = false)
    {
        var answers = notice.Rules.Versions.Select(pair => $"~{pair.Key}.{pair.Value}.{(granted.Contains(pair.Key) ? 1 : 0)}");
        return $"g1.{day}{string.Concat(answers)}{(objected ? "~audience.-.0" : "")}";
    }

    public static int Today => TimeProvider.System.GetUtcNow().ToDayNumber();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var words = path.StartsWith(Notice.Prefix, StringComparison.Ordinal) ? Script.Modules.Find(path[Notice.Prefix.Length..]) : null;
        if (words is null && path != Script.Path)
            return AnswerOtherAsync(context);

        Files.Enqueue(path);
        return words is null ? SendAsync(context, "text/javascript", Encoding.UTF8.GetString(Script.File.Bytes)) : Words(context, words);
    }

    private Task AnswerOtherAsync(HttpContext context) => context.Request.Path.Value switch
    {
        var path when path == Notice.Prefix + "/choice" => ChooseAsync(context),
        var path when path == Notice.Prefix + "/refused" => RefuseAsync(context),
        "/favicon.ico" => SendAsync(context, "image/png", ""),
        "/picture.svg" => SendAsync(context, "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'><rect width='9' height='9'/></svg>"),
        _ => PageAsync(context),
    };

    private Task PageAsync(HttpContext context)
    {
        Pages++;
        if (HttpMethods.IsPost(context.Request.Method))
            context.Response.Headers["Server-Timing"] = "gateway;desc=\"post\"";
        if (AllowsDocumentDomain)
            context.Response.Headers["Origin-Agent-Cluster"] = "?0";
        if (Csp is not null)
            context.Response.Headers.ContentSecurityPolicy = Csp;
        var line = context.Request.Path == "/bare" ? "" : Encoding.ASCII.GetString(Script.Line);
        return SendAsync(context, "text/html", Page?.Invoke(line) ?? $"<!DOCTYPE html>{HtmlTag}<head>{line}{Head}</head><body>{Body}</body></html>");
    }

    private async Task RefuseAsync(HttpContext context)
    {
        Refused.Add(await new StreamReader(context.Request.Body).ReadToEndAsync());
        context.Response.StatusCode = 204;
    }

    private async Task ChooseAsync(HttpContext context)
    {
        var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
        Choices.Add((context.Request.ContentType ?? "", body));
        var (choice, granted, objected, back) = context.Request.HasJsonContentType() ? Json(body) : Form(body);
        if (ChoiceStatus == 204 && KeepsChoice)
        {
            var all = choice switch { "accept" => Notice.Rules.Versions.Keys.ToArray(), "refuse" => [], _ => granted };
            var value = Cookie(Notice, Today, all, objected.Length > 0);
            context.Response.Headers.SetCookie = $"{Notice.Rules.Cookie.Name}={value}; Path=/; Max-Age=1000; SameSite=Lax";
        }

        context.Response.StatusCode = back is null ? ChoiceStatus : 303;
        context.Response.Headers.Location = back;
    }

    private static (string Choice, string[] Granted, string[] Objected, string? Back) Json(string body)
    {
        using var json = JsonDocument.Parse(body);
        string[] Strings(string name) => [.. json.RootElement.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];
        return (json.RootElement.GetProperty("choice").GetString()!, Strings("granted"), Strings("objected"), null);
    }

    private static (string Choice, string[] Granted, string[] Objected, string? Back) Form(string body)
    {
        var form = new FormCollection(QueryHelpers.ParseQuery(body));
        return (form["choice"].ToString(), [.. form["granted"]!], [.. form["objected"]!], form["return"].ToString());
    }

    private static Task SendAsync(HttpContext context, string type, string text)
    {
        context.Response.ContentType = type + "; charset=utf-8";
        return context.Response.WriteAsync(text);
    }
}
