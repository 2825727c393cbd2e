using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Edge.Proxy;

/// <summary>
/// Ends a response whose body broke off: the client first gets every byte that has arrived, and then sees that the rest is missing.
/// </summary>
/// <remarks>
/// YARP would reset the stream or abort the connection at once, which discards what is still in the buffers. It uses this feature instead,
/// which only keeps the error code until <see cref="EndAsync"/>.
/// </remarks>
internal sealed class BrokenResponse : IHttpResetFeature
{
    private readonly HttpContext _context;
    private readonly IHttpResetFeature? _ofHttp2;
    private int? _errorCode;

    private BrokenResponse(HttpContext context)
    {
        _context = context;
        _ofHttp2 = context.Features.Get<IHttpResetFeature>();
    }

    /// <summary>Replaces the feature for the rest of the request.</summary>
    public static BrokenResponse Expect(HttpContext context)
    {
        var broken = new BrokenResponse(context);
        context.Features.Set<IHttpResetFeature>(broken);
        return broken;
    }

    public void Reset(int errorCode) => _errorCode = errorCode;

    /// <summary>Ends the response if <see cref="Reset"/> was called.</summary>
    public async Task EndAsync()
    {
        if (_errorCode is not { } errorCode)
            return;

        await _context.Response.Body.FlushAsync(_context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_ofHttp2 is not null)
        {
            // A reset discards what Kestrel's writer has not taken yet, up to 4 kB, and nothing tells when it has. It runs on the thread pool.
            for (var turn = 0; turn < 100; turn++)
                await Task.Yield();
            _ofHttp2.Reset(errorCode);
            return;
        }

        // HTTP/1.1 has no reset: the connection ends before the announced length, or without the last chunk.
        if (_context.Features.Get<ClientOutput>() is { } output && _context.Features.Get<IConnectionLifetimeFeature>() is { } connection)
            await output.FinishAsync(connection.ConnectionClosed);
        _context.Abort();
    }
}

/// <summary>The bytes on their way to the client's socket, below TLS.</summary>
internal sealed class ClientOutput(PipeWriter output)
{
    /// <summary>Sends what is waiting, closes the connection, and returns when it is closed.</summary>
    public async Task FinishAsync(CancellationToken connectionClosed)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = connectionClosed.Register(closed.SetResult);
        await output.CompleteAsync();
        await closed.Task;
    }
}
