using Gateway.Edge.Proxy;
using Gateway.Sites;
using Yarp.ReverseProxy.Configuration;

namespace Gateway.Edge;

/// <summary>
/// Holds the current snapshot. Backends and cookie tables change together or not at all: a new snapshot becomes current after the proxy has
/// applied its clusters. The proxy keeps the previous clusters until the next change, for requests that started with the previous snapshot.
/// </summary>
internal sealed class LiveSnapshot(InMemoryConfigProvider proxy, IServiceProvider services) : IConfigChangeListener, IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile Snapshot? _current;
    private TaskCompletionSource<Exception?>? _applied;

    public Snapshot Current => _current ?? throw new InvalidOperationException("The gateway has not been started.");

    /// <summary>Sets the first snapshot, with whose clusters the proxy was built.</summary>
    public void Start(Snapshot snapshot) => _current = snapshot;

    /// <summary>Makes a checked snapshot current for all following requests.</summary>
    /// <returns>The errors of the proxy; if there are any, the previous snapshot stays current.</returns>
    public Task<IReadOnlyList<string>> SwapAsync(Snapshot next) => SwapAsync(_ => next);

    /// <summary>The same with a snapshot derived from the current one. No other change happens in between.</summary>
    public async Task<IReadOnlyList<string>> SwapAsync(Func<Snapshot, Snapshot> change)
    {
        await _one.WaitAsync();
        try
        {
            var next = change(Current);
            var clusters = ProxyClusters.Of(next);
            var problems = await ValidateAsync(clusters);
            if (problems.Count > 0)
                return problems;

            var applied = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
            _applied = applied;
            proxy.Update(ProxyClusters.Route(clusters), [.. clusters.UnionBy(ProxyClusters.Of(Current), cluster => cluster.ClusterId)]);
            if (await applied.Task is { } exception)
                return [exception.Message];

            _current = next;
            return [];
        }
        finally
        {
            _one.Release();
        }
    }

    public void ConfigurationLoaded(IReadOnlyList<IProxyConfig> proxyConfigs) { }

    public void ConfigurationLoadingFailed(IProxyConfigProvider configProvider, Exception exception) => _applied?.TrySetResult(exception);

    public void ConfigurationApplied(IReadOnlyList<IProxyConfig> proxyConfigs) => _applied?.TrySetResult(null);

    public void ConfigurationApplyingFailed(IReadOnlyList<IProxyConfig> proxyConfigs, Exception exception) => _applied?.TrySetResult(exception);

    public void Dispose() => _one.Dispose();

    private async Task<List<string>> ValidateAsync(IReadOnlyList<ClusterConfig> clusters)
    {
        var validator = services.GetRequiredService<IConfigValidator>();
        var problems = new List<string>();
        foreach (var cluster in clusters)
            problems.AddRange((await validator.ValidateClusterAsync(cluster)).Select(exception => exception.Message));
        return problems;
    }
}
