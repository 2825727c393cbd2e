using System.Buffers;

namespace Gateway.Csp;

/// <summary>The address of the gateway's script, as a policy matches it.</summary>
internal sealed class ScriptAddress
{
    // The characters of a host in a source (CSP3 2.3.1), which cannot be an IPv6 address.
    private static readonly SearchValues<char> HostCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.:");

    private readonly string _scheme;
    private readonly string _host;
    private readonly string _port;
    private readonly string _path;

    /// <param name="scheme"><c>http</c> or <c>https</c>, as the visitor sees it.</param>
    /// <param name="authority">The host and an optional port, as the visitor sees them.</param>
    /// <param name="prefix">The path of the script's folder, without a trailing slash.</param>
    /// <param name="path">The path of the script.</param>
    public ScriptAddress(string scheme, string authority, string prefix, string path)
    {
        var colon = authority.LastIndexOf(':');
        var hasPort = colon >= 0 && !authority.EndsWith(']');
        _scheme = scheme;
        _host = hasPort ? authority[..colon] : authority;
        _port = hasPort ? authority[(colon + 1)..] : "";
        _path = path;
        Source = authority.Length > 0 && !authority.AsSpan().ContainsAnyExcept(HostCharacters) ? $"{scheme}://{authority}{prefix}/" : null;
    }

    /// <summary>The source that allows only URLs below the prefix; null if the host cannot be written as a source.</summary>
    public string? Source { get; }

    /// <summary>Whether a source allows the script (CSP3 6.7.2.7), which is of the page's own origin.</summary>
    public bool Matches(ReadOnlySpan<char> source)
    {
        if (Is(source, "'self'") || source is "*")
            return true;
        if (source.IsEmpty || source[0] == '\'')
            return false;

        var colon = source.IndexOf(':');
        if (colon > 0 && colon == source.Length - 1)
            return IsScheme(source[..colon]);
        var slashes = source.IndexOf("://", StringComparison.Ordinal);
        if (slashes >= 0 && !IsScheme(source[..slashes]))
            return false;

        var rest = slashes < 0 ? source : source[(slashes + 3)..];
        var slash = rest.IndexOf('/');
        var authority = slash < 0 ? rest : rest[..slash];
        colon = authority.LastIndexOf(':');
        return IsHost(colon < 0 ? authority : authority[..colon])
            && IsPort(colon < 0 ? default : authority[(colon + 1)..])
            && (slash < 0 || IsPath(rest[slash..]));
    }

    // http:// in a policy also matches https://. A source without a scheme has that of the page.
    private bool IsScheme(ReadOnlySpan<char> scheme) => Is(scheme, _scheme) || (Is(scheme, "http") && _scheme == "https");

    private bool IsHost(ReadOnlySpan<char> host) =>
        host.StartsWith("*.", StringComparison.Ordinal)
            ? _host.AsSpan().EndsWith(host[1..], StringComparison.OrdinalIgnoreCase) && _host.Length >= host.Length
            : host is "*" || Is(host, _host);

    private bool IsPort(ReadOnlySpan<char> port)
    {
        var standard = _scheme == "https" ? "443" : "80";
        var ours = _port.Length == 0 ? standard : _port;
        return port is "*" || Is(port.IsEmpty ? standard : port, ours) || (port is "80" && ours == "443");
    }

    private bool IsPath(ReadOnlySpan<char> path)
    {
        // Paths in policies are decoded before the comparison. The path of the script contains nothing to decode.
        var decoded = Uri.UnescapeDataString(path);
        return decoded[^1] == '/' ? _path.StartsWith(decoded, StringComparison.Ordinal) : _path == decoded;
    }

    private static bool Is(ReadOnlySpan<char> left, ReadOnlySpan<char> right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
