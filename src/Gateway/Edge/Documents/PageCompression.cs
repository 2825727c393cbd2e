using System.IO.Compression;
using Gateway.Html;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace Gateway.Edge.Documents;

/// <summary>
/// Compresses the pages of routes whose gzip pages cannot be spliced: the gateway requests those uncompressed. Pages that the backend
/// sends uncompressed on other routes are not compressed.
/// </summary>
internal sealed class PageCompression(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<IResponseCompressionProvider, PageCompression>();
        services.AddResponseCompression(options =>
        {
            // The backend compresses over https too.
            options.EnableForHttps = true;
            options.MimeTypes = ["text/html"];

            // The fastest level makes pages 1.5 times as long as they were (tried).
            options.Providers.Add(new GzipCompressionProvider(Options.Create(new GzipCompressionProviderOptions { Level = CompressionLevel.Optimal })));
        });
    }

    public static void Use(WebApplication app) =>
        app.UseWhen(IsDue, branch => branch.UseResponseCompression());

    public override bool ShouldCompressResponse(HttpContext context) =>
        base.ShouldCompressResponse(context) && context.Response.Headers.ContentEncoding.Count == 0 && !context.Response.Headers.CacheControl.HasMember("no-transform");

    private static bool IsDue(HttpContext context) =>
        RequestState.Of(context) is { Plan: not DocumentPlan.None, Route.NeedsPlain: true, IsLeftAlone: false } && AcceptedCodings.Takes(context.Request, "gzip");
}
