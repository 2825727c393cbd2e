using System.Net;
using Gateway.Sites;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Gateway.Edge.Admission;

/// <summary>Accepts connections while there is memory for them. The others wait in the kernel, where they cost the process nothing.</summary>
/// <param name="operatorAddress">The address of the operator's listener, which accepts always.</param>
internal sealed class AdmittingTransport(SocketTransportFactory sockets, MemoryBudget budget, ListenAddress operatorAddress) : IConnectionListenerFactory
{
    /// <summary>Adds the transport to the services. Kestrel uses the one that was added last.</summary>
    public static void Add(IServiceCollection services, MemoryBudget budget, ListenAddress operatorAddress)
    {
        services.AddSingleton<SocketTransportFactory>();
        services.AddSingleton<IConnectionListenerFactory>(
            provider => new AdmittingTransport(provider.GetRequiredService<SocketTransportFactory>(), budget, operatorAddress));
    }

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var listener = await sockets.BindAsync(endpoint, cancellationToken);
        return IsOperator(endpoint) ? listener : new Listener(listener, budget);
    }

    private bool IsOperator(EndPoint endpoint) =>
        endpoint is IPEndPoint ip && new ListenAddress(IsHttps: false, ip.Address.ToString(), ip.Port).ConflictsWith(operatorAddress);

    private sealed class Listener(IConnectionListener listener, MemoryBudget budget) : IConnectionListener
    {
        public EndPoint EndPoint => listener.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            await budget.WaitForRoomAsync(cancellationToken);
            return await listener.AcceptAsync(cancellationToken);
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => listener.UnbindAsync(cancellationToken);

        public ValueTask DisposeAsync() => listener.DisposeAsync();
    }
}
