using System.Runtime.CompilerServices;

namespace Gateway.Html;

/// <summary>
/// <c>await WorkerThread.Switch</c> continues on the thread pool. Code after a read from a socket runs on the thread that polls the sockets,
/// and while it runs, no other connection of that thread is served. Work of more than some 50 µs goes to the thread pool, which has a thread
/// for each processor and takes such work in order.
/// </summary>
internal readonly struct WorkerThread : ICriticalNotifyCompletion
{
    public static WorkerThread Switch => default;

    /// <summary>Whether the code runs on a thread of the pool already. Then there is nothing to wait for.</summary>
    public bool IsCompleted => Thread.CurrentThread.IsThreadPoolThread;

    public WorkerThread GetAwaiter() => this;

    public void GetResult()
    {
    }

    public void OnCompleted(Action continuation) => ThreadPool.QueueUserWorkItem(static action => action(), continuation, preferLocal: false);

    public void UnsafeOnCompleted(Action continuation) => ThreadPool.UnsafeQueueUserWorkItem(static action => action(), continuation, preferLocal: false);
}
