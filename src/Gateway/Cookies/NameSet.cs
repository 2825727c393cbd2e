namespace Gateway.Cookies;

/// <summary>A set of names with a bound. It holds hashes of the names, with a seed of this process, and so neither names nor much memory.</summary>
/// <param name="most">Most names. Later ones are dropped.</param>
internal sealed class NameSet(int most)
{
    private readonly HashSet<int> _hashes = [];
    private readonly Lock _lock = new();

    /// <summary>Whether the set has no room for another name.</summary>
    public bool IsFull
    {
        get
        {
            lock (_lock)
                return _hashes.Count >= most;
        }
    }

    /// <returns>False if the set has the name already, or is full.</returns>
    public bool Add(ReadOnlySpan<char> name)
    {
        lock (_lock)
            return _hashes.Count < most && _hashes.Add(string.GetHashCode(name));
    }

    public bool Has(ReadOnlySpan<char> name)
    {
        lock (_lock)
            return _hashes.Contains(string.GetHashCode(name));
    }
}
