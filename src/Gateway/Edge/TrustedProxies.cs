using System.Net;
using Gateway.Sites;
using Microsoft.AspNetCore.HttpOverrides;

namespace Gateway.Edge;

/// <summary>Marks a request that came through a declared proxy, whose connections carry requests of many clients.</summary>
internal sealed record ForwardedRequest
{
    public static readonly ForwardedRequest Instance = new();
}

/// <summary>Reads client address, scheme and host from the <c>X-Forwarded-*</c> headers of declared proxies, and of nobody else.</summary>
internal static class TrustedProxies
{
    // The framework stores the replaced values in headers. With its default names it would overwrite headers of a proxy in front.
    private const string For = "X-Gateway-Original-For", Proto = "X-Gateway-Original-Proto", Host = "X-Gateway-Original-Host";

    public static void Use(WebApplication app, ProcessConfig config)
    {
        if (config.TrustedProxies.Count == 0)
            return;

        // Every hop must be declared: X-Forwarded-For is read backwards up to the first address that is not.
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.All & ~ForwardedHeaders.XForwardedPrefix,
            ForwardLimit = null,
            OriginalForHeaderName = For,
            OriginalProtoHeaderName = Proto,
            OriginalHostHeaderName = Host,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var text in config.TrustedProxies)
            options.KnownIPNetworks.Add(Network(text));
        app.UseForwardedHeaders(options);
        app.Use(RemoveOriginalsAsync);
    }

    private static Task RemoveOriginalsAsync(HttpContext context, RequestDelegate next)
    {
        foreach (var name in new[] { For, Proto, Host })
        {
            if (context.Request.Headers.Remove(name))
                context.Features.Set(ForwardedRequest.Instance);
        }

        return next(context);
    }

    private static System.Net.IPNetwork Network(string text)
    {
        if (text.Contains('/', StringComparison.Ordinal))
            return System.Net.IPNetwork.Parse(text);

        var address = IPAddress.Parse(text);
        return new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8);
    }
}
