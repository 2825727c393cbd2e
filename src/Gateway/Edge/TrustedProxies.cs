using System.Net;
using Gateway.Sites;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Primitives;

namespace Gateway.Edge;

/// <summary>Marks a request that came through a trusted proxy. Connections of a proxy carry the requests of many visitors.</summary>
internal sealed record ForwardedRequest
{
    public static readonly ForwardedRequest Instance = new();
}

/// <summary>Decides whose headers set the client address, the scheme and the host: those of the trusted proxies, and nobody else's.</summary>
internal static class TrustedProxies
{
    private const string ForwardedHost = "X-Forwarded-Host";

    // The framework stores the replaced values in these headers. Its own names would overwrite headers of a proxy in front.
    private const string OriginalFor = "X-Gateway-Original-For", OriginalProto = "X-Gateway-Original-Proto";

    public static void Use(WebApplication app, ProcessConfig config)
    {
        if (config.TrustedProxies.Count == 0)
            return;

        // Every hop must be declared: the walk back through X-Forwarded-For ends at the first address that is not.
        // The host is read below: the framework decodes Punycode, and throws where it cannot.
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = Read(config, ForwardedHeader.For, ForwardedHeaders.XForwardedFor) | Read(config, ForwardedHeader.Proto, ForwardedHeaders.XForwardedProto),
            ForwardLimit = null,
            OriginalForHeaderName = OriginalFor,
            OriginalProtoHeaderName = OriginalProto,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        var networks = Networks(config);
        networks.ForEach(options.KnownIPNetworks.Add);
        var readsHost = config.ForwardedHeaders.Contains(ForwardedHeader.Host);
        app.Use((context, next) => RememberAsync(context, next, networks));
        app.UseForwardedHeaders(options);
        app.Use((context, next) => FinishAsync(context, next, readsHost));
    }

    /// <summary>The networks of the trusted proxies.</summary>
    public static List<System.Net.IPNetwork> Networks(ProcessConfig config) => [.. config.TrustedProxies.Select(Network)];

    /// <summary>Whether an address is in one of the networks.</summary>
    public static bool Contain(List<System.Net.IPNetwork> networks, IPAddress address) => networks.Exists(network => Contains(network, address));

    private static ForwardedHeaders Read(ProcessConfig config, ForwardedHeader header, ForwardedHeaders value) =>
        config.ForwardedHeaders.Contains(header) ? value : ForwardedHeaders.None;

    // Before the framework replaces the address: whether the connection is a trusted proxy's, and with which scheme it came.
    private static Task RememberAsync(HttpContext context, RequestDelegate next, List<System.Net.IPNetwork> networks)
    {
        if (context.Connection.RemoteIpAddress is { } address && Contain(networks, address))
            context.Features.Set(new Hop(context.Request.Scheme, Count(context.Request.Headers["X-Forwarded-For"])));
        return next(context);
    }

    private static Task FinishAsync(HttpContext context, RequestDelegate next, bool readsHost)
    {
        var request = context.Request;
        request.Headers.Remove(OriginalFor);
        request.Headers.Remove(OriginalProto);
        if (context.Features.Get<Hop>() is not { } hop)
            return next(context);

        context.Features.Set(ForwardedRequest.Instance);
        if (request.Scheme is not ("http" or "https"))
            request.Scheme = hop.Scheme;

        // Each trusted hop adds one member at the end; those before them are the client's own claims.
        var hops = Math.Max(1, hop.Addresses - Count(request.Headers["X-Forwarded-For"]));
        if (readsHost && HostFrom(request.Headers[ForwardedHost], hops) is { } host)
            request.Headers.Host = host;
        return next(context);
    }

    private static string? HostFrom(StringValues values, int hops)
    {
        var members = Members(values);
        var host = members.Length == 0 ? "" : members[Math.Max(0, members.Length - hops)];
        return host.Length > 0 && host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':' or '[' or ']' or '_') ? host : null;
    }

    private static int Count(StringValues values) => Members(values).Length;

    private static string[] Members(StringValues values) =>
        values.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static bool Contains(System.Net.IPNetwork network, IPAddress address) =>
        network.Contains(address) || (address.IsIPv4MappedToIPv6 && network.Contains(address.MapToIPv4()));

    private static System.Net.IPNetwork Network(string text)
    {
        if (text.Contains('/', StringComparison.Ordinal))
            return System.Net.IPNetwork.Parse(text);

        var address = IPAddress.Parse(text);
        return new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8);
    }

    /// <summary>The connection of a trusted proxy.</summary>
    /// <param name="Scheme">Of the connection itself.</param>
    /// <param name="Addresses">How many addresses <c>X-Forwarded-For</c> has.</param>
    private sealed record Hop(string Scheme, int Addresses);
}
