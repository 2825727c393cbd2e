using Xunit;

namespace Gateway.Tests.Support;

/// <summary>A thread like the one that polls the sockets: it is not one of the thread pool.</summary>
internal static class PollingThread
{
    /// <summary>Starts work on such a thread.</summary>
    /// <returns>Whether the work ended on the thread pool.</returns>
    public static async Task<bool> RunAsync(Func<Task> work)
    {
        var ended = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(async () =>
        {
            try
            {
                await work();
                ended.SetResult(Thread.CurrentThread.IsThreadPoolThread);
            }
            catch (Exception error)
            {
                ended.SetException(error);
            }
        }).Start();
        return await ended.Task.WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken);
    }
}
