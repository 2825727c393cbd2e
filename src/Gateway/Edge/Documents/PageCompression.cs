using System.IO.Compression;
using Gateway.Html;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace Gateway.Edge.Documents;

/// <summary>
/// Compresses the pages of routes whose backend would compress them, but in a way that the line cannot be put into: they are asked for
/// plain. What a backend sends plain by itself stays plain.
/// </summary>
internal sealed class PageCompression(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<IResponseCompressionProvider, PageCompression>();
        services.AddResponseCompression(options =>
        {
            // The backend compressed them over https too.
            options.EnableForHttps = true;
            options.MimeTypes = ["text/html"];

            // Not the fastest level: pages would arrive half as large again as they were (tried).
            options.Providers.Add(new GzipCompressionProvider(Options.Create(new GzipCompressionProviderOptions { Level = CompressionLevel.Optimal })));
        });
    }

    public static void Use(WebApplication app) =>
        app.UseWhen(IsDue, branch => branch.UseResponseCompression());

    public override bool ShouldCompressResponse(HttpContext context) =>
        base.ShouldCompressResponse(context) && !CacheHeaders.Says(context.Response.Headers.CacheControl, "no-transform");

    private static bool IsDue(HttpContext context) =>
        RequestState.Of(context) is { Plan: not DocumentPlan.None, Route.NeedsPlain: true, Site.IsOff: false } && AcceptedCodings.Takes(context.Request, "gzip");
}
