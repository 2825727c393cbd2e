using System.Net.Sockets;
using System.Security.Authentication;

namespace Gateway.Tests.Attacks;

/// <summary>The connections of an attack, which stay open until the attack stops or the other end closes them.</summary>
internal sealed class RunningAttack : IAsyncDisposable
{
    private const int ConnectingTogether = 200;

    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _connecting = new(ConnectingTogether);
    private readonly Attack _attack;
    private readonly int _port;
    private readonly Task _over;
    private int _opened;
    private int _closed;
    private int _failed;

    private RunningAttack(Attack attack, int port, int connections)
    {
        (_attack, _port) = (attack, port);
        _over = Task.WhenAll(Enumerable.Range(0, connections).Select(_ => HoldAsync()));
    }

    /// <summary>Connections that were open.</summary>
    public int Opened => Volatile.Read(ref _opened);

    /// <summary>Connections that are open.</summary>
    public int Open => Opened - Volatile.Read(ref _closed);

    /// <summary>Connections that were tried.</summary>
    public int Tried => Opened + Volatile.Read(ref _failed);

    /// <summary>Starts to open connections.</summary>
    public static RunningAttack Start(Attack attack, int port, int connections) => new(attack, port, connections);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _over;
        _stop.Dispose();
        _connecting.Dispose();
    }

    private async Task HoldAsync()
    {
        if (await ConnectAsync() is not { } connection)
        {
            Interlocked.Increment(ref _failed);
            return;
        }

        using (connection)
        {
            Interlocked.Increment(ref _opened);
            try
            {
                await _attack.Act(connection.Stream, _stop.Token);
                await connection.UntilClosedAsync(_stop.Token);
            }
            catch (Exception error) when (IsOfConnection(error))
            {
                // The other end closed it, or the attack stopped.
            }

            Interlocked.Increment(ref _closed);
        }
    }

    private async Task<HostileConnection?> ConnectAsync()
    {
        try
        {
            await _connecting.WaitAsync(_stop.Token);
            try
            {
                return await HostileConnection.ConnectAsync(_port, _attack.Protocol, _stop.Token);
            }
            finally
            {
                _connecting.Release();
            }
        }
        catch (Exception error) when (IsOfConnection(error))
        {
            return null;
        }
    }

    private static bool IsOfConnection(Exception error) =>
        error is IOException or SocketException or AuthenticationException or ObjectDisposedException or OperationCanceledException;
}
