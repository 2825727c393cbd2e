using Gateway.Edge.Proxy;
using Gateway.Sites;
using Yarp.ReverseProxy.Configuration;

namespace Gateway.Edge;

/// <summary>
/// The snapshot in force. Routes and cookie table change together or not at all: a new one counts once the proxy has taken its
/// clusters, and until the next change the proxy keeps the old clusters too, for requests that began with the old snapshot.
/// </summary>
internal sealed class LiveSnapshot(InMemoryConfigProvider proxy, IServiceProvider services) : IConfigChangeListener, IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile Snapshot? _current;
    private TaskCompletionSource<Exception?>? _applied;

    public Snapshot Current => _current ?? throw new InvalidOperationException("The gateway has not been started.");

    /// <summary>The first snapshot; the proxy was built with its clusters.</summary>
    public void Start(Snapshot snapshot) => _current = snapshot;

    /// <summary>Puts a checked snapshot in force for the next request.</summary>
    /// <returns>What the proxy did not accept; empty where the new snapshot counts now.</returns>
    public Task<IReadOnlyList<string>> SwapAsync(Snapshot next) => SwapAsync(_ => next);

    /// <summary>The same, with one made of the snapshot in force; no other change comes in between.</summary>
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
