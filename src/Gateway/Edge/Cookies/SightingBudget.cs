using Gateway.Cookies;

namespace Gateway.Edge.Cookies;

/// <summary>
/// How many patterns of names are logged in an hour, for each site, source and reason. What a backend sets and what the table lists has budgets
/// of its own, so a stranger who invents names hides nothing of that; and of what clients claim, each network has a share.
/// </summary>
internal sealed class SightingBudget(TimeProvider time) : IDisposable
{
    /// <summary>Most patterns of a site and source in an hour.</summary>
    public const int Most = 200;

    /// <summary>Most patterns that one network adds to them. A backend has no share: it is trusted.</summary>
    public const int MostOfOneNetwork = 50;

    private const int MostSources = 8_000, MostNetworks = 1_000;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly BoundedMemory<NameSet> _seen = new(MostSources, Hour, time);
    private readonly BoundedMemory<NameSet> _shares = new(MostNetworks, Hour, time);

    /// <param name="source">The site, and how and why the name was seen.</param>
    /// <param name="network">The client that claims the name; null for a backend or a listed name, or where the client is not known.</param>
    public SightingVerdict Take(string source, string? network, string pattern)
    {
        var seen = Of(_seen, source, Most);
        if (seen.Has(pattern))
            return SightingVerdict.Known;
        if (seen.IsFull || (network is not null && !HasRoom(Of(_shares, network, MostOfOneNetwork), $"{source} {pattern}")))
            return SightingVerdict.NoRoom;

        return !seen.Add(pattern) ? SightingVerdict.Known : seen.IsFull ? SightingVerdict.Last : SightingVerdict.New;
    }

    public void Dispose()
    {
        _seen.Dispose();
        _shares.Dispose();
    }

    private static bool HasRoom(NameSet share, string pattern) => share.Has(pattern) || share.Add(pattern);

    private static NameSet Of(BoundedMemory<NameSet> memory, string key, int most)
    {
        if (!memory.TryGet(key, out var set))
            memory.Set(key, set = new NameSet(most));
        return set;
    }
}

/// <summary>What to do with a pattern.</summary>
internal enum SightingVerdict
{
    /// <summary>Log it.</summary>
    New,

    /// <summary>Log it, and that no further ones follow in this hour.</summary>
    Last,

    /// <summary>It was logged in this hour.</summary>
    Known,

    /// <summary>The budget, or the share of this client, is used up.</summary>
    NoRoom,
}
