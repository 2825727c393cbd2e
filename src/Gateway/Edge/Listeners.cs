using System.Net;
using System.Text;
using Gateway.Config.Reading;
using Gateway.Edge.Admission;
using Gateway.Edge.Proxy;
using Gateway.Sites;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Gateway.Edge;

/// <summary>Marks a connection to the operator's listener. Unlike a header, it cannot be forged.</summary>
internal sealed record OperatorConnection;

/// <summary>Configures Kestrel's addresses and limits.</summary>
internal static class Listeners
{
    public static void Configure(IWebHostBuilder host, ProcessConfig config, MemoryLimits limits, ConnectionAdmission admission, MemoryBudget budget)
    {
        host.UseKestrelCore();
        host.UseKestrelHttpsConfiguration();
        host.UseSockets(sockets =>
        {
            limits.Apply(sockets);
            InlineSockets.Apply(sockets);
        });
        host.ConfigureServices(services => AdmittingTransport.Add(services, budget, ListenAddress.Parse(config.Operator.Listen)));
        host.ConfigureKestrel(kestrel =>
        {
            BeTransparent(kestrel);
            limits.Apply(kestrel);
            foreach (var address in config.Listen)
                Listen(kestrel, ListenAddress.Parse(address), config.Certificate, admission.Use);
            Listen(kestrel, ListenAddress.Parse(config.Operator.Listen), config.Certificate, MarkOperator);
        });
    }

    // The limits of the backend apply, not those of Kestrel. Bytes 80-FF in headers are Latin-1 in both directions.
    internal static void BeTransparent(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.RequestHeaderEncodingSelector = name => name == "Connection" ? ConnectionHeaderEncoding.Instance : Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MaxRequestLineSize = 32 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 128 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 500;
        kestrel.Limits.Http2.MaxRequestHeaderFieldSize = 128 * 1024;
    }

    private static void WithChain(HttpsConnectionAdapterOptions https, CertificateConfig certificate) =>
        (https.ServerCertificate, https.ServerCertificateChain) = CertificateFiles.Load(certificate);

    private static ConnectionDelegate KeepOutput(ConnectionDelegate next) => connection =>
    {
        connection.Features.Set(new ClientOutput(connection.Transport.Output));
        return next(connection);
    };

    private static void MarkOperator(ListenOptions options, bool isTls, Action useTls)
    {
        useTls();
        options.Use(next => connection =>
        {
            connection.Features.Set(new OperatorConnection());
            return next(connection);
        });
    }

    /// <param name="use">Adds the middlewares of the listener, and TLS among them.</param>
    private static void Listen(
        KestrelServerOptions kestrel, ListenAddress address, CertificateConfig? certificate, Action<ListenOptions, bool, Action> use)
    {
        void Options(ListenOptions options) => use(options, address.IsHttps, () =>
        {
            options.Use(KeepOutput);
            if (!address.IsHttps)
                return;
            options.Use(WorkerInput.Use);
            options.UseHttps(https => WithChain(https, certificate!));
        });

        // Port 0 with "localhost" is not allowed by Kestrel (two sockets could not agree): one loopback address then.
        if (address.Address is { } ip)
            kestrel.Listen(ip, address.Port, Options);
        else if (address.Host == "localhost" && address.Port != 0)
            kestrel.ListenLocalhost(address.Port, Options);
        else if (address.Host == "localhost")
            kestrel.Listen(IPAddress.Loopback, address.Port, Options);
        else
            kestrel.ListenAnyIP(address.Port, Options);
    }
}
