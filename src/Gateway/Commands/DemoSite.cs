using System.Net;
using System.Text;

namespace Gateway.Commands;

/// <summary>
/// A small legacy site that sets cookies without consent: with pages, images and redirects, by scripts, and with HttpOnly. Its front page has
/// a video and a pixel from another site. It is also the backend of many tests.
/// </summary>
internal static class DemoSite
{
    // A transparent GIF of 1 x 1 pixels.
    private static readonly byte[] Pixel = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    /// <summary>The host of the other site. Browsers resolve it to this machine without asking a name server.</summary>
    private const string OtherHost = "videos.localhost";

    /// <summary>Creates the site on a loopback port; 0 for any free port. The other site is on a second free port.</summary>
    public static WebApplication Create(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        builder.Services.AddRoutingCore();

        var app = builder.Build();
        app.UseRouting();
        app.MapGet("/", context => PageAsync(context, "Town library", Front(context, OtherSiteOf(app))));
        app.MapGet("/books", context => PageAsync(context, "Books", Books));
        app.MapGet("/account", AccountAsync);
        app.MapPost("/login", LogInAsync);
        app.MapPost("/logout", LogOut);
        app.MapPost("/language", ChooseLanguageAsync);
        app.MapGet("/logo.gif", LogoAsync);
        app.MapGet("/old-address", Redirect);
        app.MapGet("/video", VideoAsync);
        app.MapGet("/pixel.gif", PixelAsync);
        return app;
    }

    /// <summary>The address of the other site, after the start.</summary>
    public static string OtherSiteOf(WebApplication app) => $"http://{OtherHost}:{new Uri(app.Urls.Last()).Port}";

    private const string Books = """
        <h1>Books</h1>
        <ul><li>The Princess of Cleves</li><li>Bouvard and Pécuchet</li><li>The Left Hand of Darkness</li></ul>
        """;

    private const string Video = """
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><title>A walk through the library</title>
        <style>
          body { margin: 0; height: 100vh; display: grid; place-items: center; background: #123f3a; color: #fff; font: 20px Georgia, serif; overflow: hidden }
          div { animation: walk 8s linear infinite alternate } @keyframes walk { from { translate: -80px } to { translate: 80px } }
        </style></head>
        <body><div>A walk through the library</div></body>
        </html>
        """;

    private static string Front(HttpContext context, string other) => $"""
        <h1>Welcome to the town library</h1>
        <p>Open Tuesday to Saturday, 10 to 18.{(context.Request.Cookies["lang"] == "fr" ? " Bienvenue !" : "")}</p>
        <p><a href="/old-address">Opening hours in summer</a></p>
        <iframe src="{other}/video" title="A walk through the library" width="480" height="270" style="border: 0; max-width: 100%" allowfullscreen></iframe>
        <img src="{other}/pixel.gif" alt="" width="1" height="1">
        """;

    private static Task PageAsync(HttpContext context, string title, string body)
    {
        var response = context.Response;
        response.Headers.Append("Set-Cookie", "visitor_id=8f14e45f-ceea-467a-9575; Max-Age=63072000; Path=/");
        response.Headers.Append("Set-Cookie", "segment=reader; Max-Age=31536000; Path=/; HttpOnly");
        if (!context.Request.Cookies.ContainsKey("session"))
            response.Headers.Append("Set-Cookie", "session=anonymous; Path=/; HttpOnly; SameSite=Lax");

        response.ContentType = "text/html; charset=utf-8";
        return response.WriteAsync($"""
            <!DOCTYPE html>
            <html lang="{(context.Request.Cookies["lang"] == "fr" ? "fr" : "en")}">
            <head>
              <meta charset="utf-8">
              <title>{title}</title>
              <meta name="viewport" content="width=device-width">
              <style>
                body {"{"} font: 18px/1.5 Georgia, serif; max-width: 44rem; margin: 0 auto; padding: 1rem; color: #222; background: #faf8f3 {"}"}
                nav a {"{"} margin-right: 1rem {"}"}
                table {"{"} border-collapse: collapse; font: 14px monospace {"}"} td, th {"{"} border: 1px solid #bbb; padding: .2rem .6rem; text-align: left {"}"}
              </style>
              <script>
                document.cookie = "_stats=" + Math.random().toString(36).slice(2) + "; max-age=31536000; path=/";
                document.cookie = "promo=summer; path=/";
                localStorage.setItem("last_page", location.pathname);
              </script>
            </head>
            <body>
            <nav><a href="/">Home</a><a href="/books">Books</a><a href="/account">Account</a><img src="/logo.gif" alt="" width="1" height="1"></nav>
            {body}
            <h2>What this site received with your request</h2>
            {Received(context)}
            <form method="post" action="/language"><button name="lang" value="en">English</button> <button name="lang" value="fr">Français</button></form>
            <p><small>This page sets cookies without asking: visitor_id, segment (HttpOnly), _stats and promo (by script), ad_pixel (with the image).</small></p>
            </body>
            </html>
            """);
    }

    private static string Received(HttpContext context)
    {
        var rows = new StringBuilder("<table><tr><th>Cookie</th><th>Value</th></tr>");
        foreach (var (name, value) in context.Request.Cookies)
            rows.Append($"<tr><td>{WebUtility.HtmlEncode(name)}</td><td>{WebUtility.HtmlEncode(value)}</td></tr>");
        return rows.Append("</table>").ToString();
    }

    private static Task AccountAsync(HttpContext context) =>
        PageAsync(context, "Account", context.Request.Cookies["session"] is { } name and not "anonymous"
            ? $"""<h1>Hello, {WebUtility.HtmlEncode(name)}</h1><form method="post" action="/logout"><button>Log out</button></form>"""
            : """<h1>Log in</h1><form method="post" action="/login"><label>Name <input name="name" required></label> <button>Log in</button></form>""");

    private static async Task LogInAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        context.Response.Headers.Append("Set-Cookie", $"session={Uri.EscapeDataString(form["name"].ToString())}; Max-Age=1209600; Path=/; HttpOnly; SameSite=Lax");
        context.Response.Headers.Append("Set-Cookie", "logged_in_before=1; Max-Age=31536000; Path=/");
        context.Response.Redirect("/account");
    }

    private static Task LogOut(HttpContext context)
    {
        context.Response.Headers.Append("Set-Cookie", "session=gone; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/; HttpOnly");
        context.Response.Redirect("/account");
        return Task.CompletedTask;
    }

    private static async Task ChooseLanguageAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        context.Response.Headers.Append("Set-Cookie", $"lang={(form["lang"] == "fr" ? "fr" : "en")}; Max-Age=31536000; Path=/");
        context.Response.Redirect("/");
    }

    private static Task LogoAsync(HttpContext context)
    {
        context.Response.Headers.Append("Set-Cookie", "ad_pixel=77b1; Max-Age=31536000; Path=/");
        context.Response.Headers.CacheControl = "public, max-age=60";
        context.Response.ContentType = "image/gif";
        return context.Response.Body.WriteAsync(Pixel).AsTask();
    }

    private static Task VideoAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(Video);
    }

    private static Task PixelAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "image/gif";
        return context.Response.Body.WriteAsync(Pixel).AsTask();
    }

    private static Task Redirect(HttpContext context)
    {
        context.Response.Headers.Append("Set-Cookie", "came_from=old-address; Max-Age=31536000; Path=/");
        context.Response.Redirect("/books");
        return Task.CompletedTask;
    }
}
