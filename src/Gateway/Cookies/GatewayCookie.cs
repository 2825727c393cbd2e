namespace Gateway.Cookies;

/// <summary>The gateway's own cookies as the filters see them: the backend neither receives, sets nor deletes them.</summary>
/// <param name="Marker">What its values begin with.</param>
/// <param name="ByMarker">Whether only values with the marker are ours: so where the gateway sets none (observe, nothing to decide) and the name may be the site's.</param>
/// <param name="Others">Names besides of which values with the marker are ours.</param>
internal sealed record GatewayCookie(string Name, string Marker, bool ByMarker, params string[] Others)
{
    /// <summary>Whether a cookie of a request is ours.</summary>
    public bool Is(ReadOnlySpan<char> name, ReadOnlySpan<char> value) =>
        name.SequenceEqual(Name)
            ? !ByMarker || value.StartsWith(Marker, StringComparison.Ordinal)
            : Others.Length > 0 && IsOther(name) && value.StartsWith(Marker, StringComparison.Ordinal);

    /// <summary>Whether a backend may not set or delete a cookie of this name.</summary>
    public bool IsReserved(ReadOnlySpan<char> name) => !ByMarker && (name.SequenceEqual(Name) || IsOther(name));

    private bool IsOther(ReadOnlySpan<char> name)
    {
        foreach (var other in Others)
        {
            if (name.SequenceEqual(other))
                return true;
        }

        return false;
    }
}
