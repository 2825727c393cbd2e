using System.Net;
using Gateway.Sites;

namespace Gateway.Commands;

/// <summary>
/// The backend of a preview: for each site an overview page with frames, and a small page into which the gateway writes its script.
/// </summary>
internal static class PreviewSite
{
    /// <summary>Creates the backend on a free loopback port.</summary>
    /// <param name="sites">Returns the sites of the preview.</param>
    public static WebApplication Create(Func<IReadOnlyList<SiteConfig>> sites)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));

        var app = builder.Build();
        app.Run(context => RespondAsync(context, sites()));
        return app;
    }

    private static Task RespondAsync(HttpContext context, IReadOnlyList<SiteConfig> sites)
    {
        var (request, response) = (context.Request, context.Response);
        var host = HostString.FromUriComponent(request.Headers["X-Forwarded-Host"].ToString());
        if (request.Path != "/" || sites.FirstOrDefault(site => Snapshot.PreviewHost(site.Id) == host.Host) is not { } site)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        response.ContentType = "text/html; charset=utf-8";
        if (Find(site.Languages, request.Query["page"]) is { } language)
            return response.WriteAsync(PreviewPage.Render(language));

        // The gateway must not extend the overview: it only contains frames.
        response.Headers.CacheControl = "no-store, no-transform";
        var view = PreviewOverview.Views.FirstOrDefault(view => view == request.Query["show"], PreviewOverview.Views[0]);
        return response.WriteAsync(PreviewOverview.Render(sites, site, Find(site.Languages, request.Query["lang"]) ?? site.Languages[0], view, host.Port));
    }

    private static string? Find(IReadOnlyList<string> languages, string? code) => languages.FirstOrDefault(language => language == code);
}
