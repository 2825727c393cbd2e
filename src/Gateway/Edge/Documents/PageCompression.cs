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

            options.Providers.Add(new Gzip());
        });
    }

    public static void Use(WebApplication app) =>
        app.UseWhen(IsDue, branch => branch.UseResponseCompression());

    public override bool ShouldCompressResponse(HttpContext context) =>
        base.ShouldCompressResponse(context) && context.Response.Headers.ContentEncoding.Count == 0 && !context.Response.Headers.CacheControl.HasMember("no-transform");

    private static bool IsDue(HttpContext context) =>
        RequestState.Of(context) is { Plan: not DocumentPlan.None, Route.NeedsPlain: true, IsLeftAlone: false } && AcceptedCodings.Takes(context.Request, "gzip");

    private sealed class Gzip : ICompressionProvider
    {
        public string EncodingName => "gzip";

        public bool SupportsFlush => true;

        // The fastest level makes pages 1.5 times as long as they were (tried).
        public Stream CreateStream(Stream outputStream) => new WorkerStream(new GZipStream(outputStream, CompressionLevel.Optimal, leaveOpen: true));
    }

    /// <summary>Compresses on the thread pool what was read on a thread that polls the sockets.</summary>
    private sealed class WorkerStream(GZipStream gzip) : PushStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await WorkerThread.Switch;
            await gzip.WriteAsync(buffer, cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async Task FlushAsync(CancellationToken cancellationToken)
        {
            await WorkerThread.Switch;
            await gzip.FlushAsync(cancellationToken);
        }

        public override void Write(byte[] buffer, int offset, int count) => gzip.Write(buffer, offset, count);

        public override void Flush() => gzip.Flush();

        public override async ValueTask DisposeAsync()
        {
            await gzip.DisposeAsync();
            await base.DisposeAsync();
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                gzip.Dispose();
            base.Dispose(disposing);
        }
    }
}
