using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;

namespace Gateway.Tests.Figures;

/// <summary>
/// A backend whose pages an auditor finds no fault with, so that a fault is ours. The query says which page: <c>lang</c>, <c>dir</c>,
/// <c>css</c> (a name in <see cref="HostileStyles"/>), <c>csp</c> (strict, and Trusted Types required), <c>bare</c> (passes without our line).
/// </summary>
internal static class AuditedPages
{
    public const string StrictPolicy =
        "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

    private static readonly string[] Trackers =
    [
        "t_http=1; Path=/; Max-Age=600",
        "t_httponly=1; Path=/; Max-Age=600; HttpOnly",
        "t_path=1; Path=/app; Max-Age=600",
        "t_parent=1; Path=/; Domain=site.localhost; Max-Age=600",
        "t_deep=1; Path=/app; Domain=site.localhost; Max-Age=600; HttpOnly",
        "t_unlisted=1; Path=/; Max-Age=600",
    ];

    private static readonly ConcurrentDictionary<string, byte[]> Compressed = new();

    private const string Script = """
        document.cookie = "t_script=1; path=/; max-age=600";
        document.cookie = "t_script_parent=1; path=/; domain=site.localhost; max-age=600";
        localStorage.setItem("t_local", "1");
        sessionStorage.setItem("t_session", "1");
        """;

    /// <param name="head">What else stands in the head, by what <c>tool</c> in the query says.</param>
    /// <param name="file">The bytes of the file of a path, if it is one; browsers may keep it, and get it with Brotli as they get ours.</param>
    public static WebApplication Serve(Func<string, string>? head = null, Func<string, byte[]?>? file = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(context => file?.Invoke(context.Request.Path.Value!) is { } bytes ? SendAsync(context, bytes) : AnswerAsync(context, head));
        return app;
    }

    private static async Task SendAsync(HttpContext context, byte[] file)
    {
        var (path, response) = (context.Request.Path.Value!, context.Response);
        response.ContentType = path.EndsWith(".css", StringComparison.Ordinal) ? "text/css" : "text/javascript";
        response.Headers.CacheControl = "max-age=3600";
        response.Headers.ContentEncoding = "br";
        await response.Body.WriteAsync(Compressed.GetOrAdd(path, _ => Compress(file)));
    }

    private static byte[] Compress(byte[] file)
    {
        var compressed = new MemoryStream();
        using (var coder = new BrotliStream(compressed, CompressionLevel.SmallestSize))
            coder.Write(file);
        return compressed.ToArray();
    }

    private static Task AnswerAsync(HttpContext context, Func<string, string>? head)
    {
        var (query, response) = (context.Request.Query, context.Response);
        if (context.Request.Path == "/favicon.ico")
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        var tracks = context.Request.Path == "/app/page";
        foreach (var line in tracks ? Trackers : [])
            response.Headers.Append("Set-Cookie", line);
        if (query.ContainsKey("csp"))
            response.Headers.ContentSecurityPolicy = StrictPolicy;
        response.Headers.CacheControl = query.ContainsKey("bare") ? "no-cache, no-transform" : "no-cache";
        response.ContentType = "text/html; charset=utf-8";
        return response.WriteAsync(Html(query, (tracks ? $"<script>{Script}</script>" : "") + head?.Invoke(query["tool"].ToString())));
    }

    private static string Html(IQueryCollection query, string script)
    {
        var (language, direction) = (Word(query["lang"], "en"), Word(query["dir"], "ltr"));
        var body = new StringBuilder();
        for (var part = 1; part <= 12; part++)
        {
            body.Append($"<h2>Shelf {part}</h2><p>Novels, atlases and letters of every kind, in the order in which readers bring them back.</p>");
            body.Append($"<p><a href=\"/books/{part}\">All books on shelf {part}</a></p>");
        }

        var style = HostileStyles.All.TryGetValue(query["css"].ToString(), out var css) ? $"<style>{css}</style>" : "";
        return $"""
            <!DOCTYPE html>
            <html lang="{language}" dir="{direction}">
            <head><meta charset="utf-8"><title>Town library</title><meta name="viewport" content="width=device-width, initial-scale=1">{style}{script}</head>
            <body>
            <header><nav aria-label="Library"><a href="/">Home</a> <a href="/books">Books</a></nav></header>
            <main><h1>Welcome to the town library</h1>{body}</main>
            <footer><p>Open Tuesday to Saturday, 10 to 18.</p></footer>
            </body>
            </html>
            """;
    }

    private static string Word(string? text, string otherwise) => text is { Length: > 0 } && text.All(c => char.IsAsciiLetter(c) || c == '-') ? text : otherwise;
}
