using System.Net;
using Gateway.Sites;

namespace Gateway.Commands;

/// <summary>
/// What stands in the place of the sites in a preview: for each of them an overview of frames, and a small page for the gateway to extend.
/// </summary>
internal static class PreviewSite
{
    /// <summary>The site on any free port of loopback.</summary>
    /// <param name="sites">Gives the sites that the gateway in front of it shows.</param>
    public static WebApplication Create(Func<IReadOnlyList<SiteConfig>> sites)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));

        var app = builder.Build();
        app.Run(context => AnswerAsync(context, sites()));
        return app;
    }

    private static Task AnswerAsync(HttpContext context, IReadOnlyList<SiteConfig> sites)
    {
        var (request, response) = (context.Request, context.Response);
        var host = HostString.FromUriComponent(request.Headers["X-Forwarded-Host"].ToString());
        if (request.Path != "/" || sites.FirstOrDefault(site => Snapshot.PreviewHost(site.Id) == host.Host) is not { } site)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        response.ContentType = "text/html; charset=utf-8";
        if (Chosen(site.Languages, request.Query["page"]) is { } language)
            return response.WriteAsync(PreviewPage.Render(language));

        // Frames are shown by it, and nothing is asked in it.
        response.Headers.CacheControl = "no-store, no-transform";
        var view = PreviewOverview.Views.FirstOrDefault(view => view == request.Query["show"], PreviewOverview.Views[0]);
        return response.WriteAsync(PreviewOverview.Render(sites, site, Chosen(site.Languages, request.Query["lang"]) ?? site.Languages[0], view, host.Port));
    }

    private static string? Chosen(IReadOnlyList<string> languages, string? wanted) => languages.FirstOrDefault(language => language == wanted);
}
