using System.Collections.Concurrent;
using Gateway.Sites;

namespace Gateway.Edge.Documents;

/// <summary>
/// Decides which documents report third parties, so that a busy site does not receive a report for each request: every document until an hour
/// brought no new host, then one in <see cref="SiteConfig.ThirdPartySample"/>.
/// </summary>
internal sealed class ThirdPartySampling(TimeProvider time)
{
    /// <summary>The path below the prefix to which browsers send their reports.</summary>
    public const string Path = "/policy-reports";

    private static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    // By site id, so that a reload of the configuration does not start anew.
    private readonly ConcurrentDictionary<string, Progress> _sites = new(StringComparer.Ordinal);

    /// <summary>Whether the next document of the site reports.</summary>
    public bool Take(Site site)
    {
        var progress = Of(site);
        return time.GetElapsedTime(Volatile.Read(ref progress.LastNews)) < Quiet
            || Interlocked.Increment(ref progress.Documents) % site.Config.ThirdPartySample == 0;
    }

    /// <summary>A host was reported that had not been reported before.</summary>
    public void Found(Site site) => Volatile.Write(ref Of(site).LastNews, time.GetTimestamp());

    private Progress Of(Site site) => _sites.GetOrAdd(site.Config.Id, static (_, time) => new Progress { LastNews = time.GetTimestamp() }, time);

    private sealed class Progress
    {
        public long LastNews;
        public uint Documents;
    }
}
