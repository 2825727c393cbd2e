namespace Gateway.Cookies;

/// <summary>The cookies of the gateway itself. The backend does not receive them and may neither set nor delete them.</summary>
/// <param name="Name">Name of the consent cookie.</param>
/// <param name="Marker">The prefix of the values that the gateway writes.</param>
/// <param name="ByMarker">
/// Whether only values with the marker belong to the gateway. True where the gateway sets no consent cookie (the site is observed, or has
/// nothing to decide), so that a cookie of this name can be the site's.
/// </param>
/// <param name="Others">Further names; of these, only values with the marker belong to the gateway.</param>
internal sealed record GatewayCookie(string Name, string Marker, bool ByMarker, params string[] Others)
{
    /// <summary>Whether a cookie of a request belongs to the gateway.</summary>
    public bool Is(ReadOnlySpan<char> name, ReadOnlySpan<char> value) =>
        name.SequenceEqual(Name)
            ? !ByMarker || value.StartsWith(Marker, StringComparison.Ordinal)
            : Others.Length > 0 && IsOther(name) && value.StartsWith(Marker, StringComparison.Ordinal);

    /// <summary>Whether the backend may neither set nor delete a cookie of this name.</summary>
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
