using System.IO.Pipelines;
using System.Net;
using Gateway.Sites;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Gateway.Edge.Admission;

/// <summary>Counts what the connections of the public listener hold.</summary>
internal sealed class ConnectionAdmission(MemoryLimits limits, MemoryBudget budget, ProcessConfig config, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _heads = new(limits.Http2Heads);
    private readonly List<System.Net.IPNetwork> _proxies = TrustedProxies.Networks(config);

    /// <summary>Adds the two middlewares of a listener, around TLS.</summary>
    public void Use(ListenOptions options, bool isTls, Action useTls)
    {
        options.Use(next => connection => EnterAsync(connection, next, isTls));
        useTls();
        options.Use(next => connection => CountAsync(connection, next));
    }

    public void Dispose() => _heads.Dispose();

    private async Task EnterAsync(ConnectionContext connection, ConnectionDelegate next, bool isTls)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        var isOfProxy = address is not null && TrustedProxies.Contain(_proxies, address);

        // How many connections a trusted proxy keeps is its operator's decision. If they counted, its requests would have to give way to them.
        var holder = isOfProxy
            ? budget.Enter(null, 0, connection.Abort)
            : budget.Enter(ClientNetwork.Of(address ?? IPAddress.None), MemoryLimits.OfConnection + (isTls ? MemoryLimits.OfTls : 0), connection.Abort);
        connection.Features.Set(new ClientConnection(budget, holder, isOfProxy));
        try
        {
            await next(connection);
        }
        finally
        {
            budget.Leave(holder);
        }
    }

    // Kestrel reads from the transport's pipes, so the counted one takes the place of the input.
    private async Task CountAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var client = connection.Features.Get<ClientConnection>()!;
        var transport = connection.Transport;
        client.IsHttp2 = connection.Features.Get<ITlsApplicationProtocolFeature>()?.ApplicationProtocol.Span.SequenceEqual("h2"u8) == true;
        PipeReader input = client.IsHttp2 ? new Http2Input(transport.Input, client, _heads, time) : new CountedInput(transport.Input, client);
        connection.Transport = new Duplex(input, transport.Output);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
        }
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
