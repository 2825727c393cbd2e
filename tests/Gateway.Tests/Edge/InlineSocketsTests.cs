using System.IO.Pipelines;
using System.Net;
using Gateway.Config;
using Gateway.Edge;
using Gateway.Edge.Admission;
using Gateway.Tests.Support;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Tests.Edge;

/// <summary>What may run on the thread that polls the sockets, and what may not.</summary>
public sealed class InlineSocketsTests : IDisposable
{
    private readonly MemoryBudget _budget = new(1000, new FakeTimeProvider());
    private readonly Pipe _pipe = new(new PipeOptions(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));

    public void Dispose() => _budget.Dispose();

    [Fact]
    public async Task A_TLS_connection_is_read_on_the_thread_pool() => Assert.True(await ReadAsync(new WorkerInput(_pipe.Reader), 1));

    [Theory]
    [InlineData(8 * 1024, false)]
    [InlineData((8 * 1024) + 1, true)]
    public async Task A_large_head_is_parsed_on_the_thread_pool(int length, bool isOnPool)
    {
        var connection = new ClientConnection(_budget, _budget.Enter(IPAddress.Loopback, 0, () => { }), isOfProxy: true);
        Assert.Equal(isOnPool, await ReadAsync(new CountedInput(_pipe.Reader, connection), length));
    }

    [Fact]
    public async Task Who_is_ended_is_chosen_on_the_thread_pool()
    {
        var ended = new TaskCompletionSource<bool>();
        _budget.Enter(IPAddress.Loopback, 900, () => ended.TrySetResult(Thread.CurrentThread.IsThreadPoolThread));
        await PollingThread.RunAsync(() =>
        {
            _budget.Enter(IPAddress.IPv6Loopback, 200, () => { });
            return Task.CompletedTask;
        });
        Assert.True(await ended.Task.WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_log_drops_what_a_console_does_not_take_instead_of_waiting()
    {
        var config = new GatewayConfig { Sites = [TestSites.Library("http://127.0.0.1:1")] };
        await using var app = GatewayHost.Create(config.Compile(TestSites.Changed, TestSites.Today), TimeProvider.System);
        Assert.Equal(ConsoleLoggerQueueFullMode.DropWrite, app.Services.GetRequiredService<IOptionsMonitor<ConsoleLoggerOptions>>().CurrentValue.QueueFullMode);
    }

    /// <summary>Waits for bytes, which a thread that polls delivers.</summary>
    /// <returns>Whether the code after the read runs on the thread pool.</returns>
    private async Task<bool> ReadAsync(PipeReader input, int length)
    {
        var isOnPool = false;
        async Task ContinueAsync()
        {
            await input.ReadAsync(TestContext.Current.CancellationToken);
            isOnPool = Thread.CurrentThread.IsThreadPoolThread;
        }

        await PollingThread.RunAsync(async () =>
        {
            var read = ContinueAsync();
            await _pipe.Writer.WriteAsync(new byte[length]);
            await read;
        });
        return isOnPool;
    }
}
