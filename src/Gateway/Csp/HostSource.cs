using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Gateway.Csp;

/// <summary>
/// The hosts from which a page may load content, as one row of the table names them: <c>[scheme://]host[:port][/path]</c>, where the host may
/// start with <c>*.</c> for all its subdomains. Compared as browsers compare a source of a policy (CSP3 6.7.2.7).
/// </summary>
internal sealed class HostSource
{
    private const string Subdomains = "*.";

    private readonly string? _scheme;
    private readonly string _host;
    private readonly int? _port;
    private readonly string _path;

    private HostSource(string? scheme, string host, int? port, string path)
    {
        (_scheme, _host, _port, _path) = (scheme, host, port, path);
        var rest = $"{host}{(port is null ? "" : $":{port}")}{path}";

        // http also allows https, and ws also wss, but a source with an http scheme never allows a WebSocket (CSP3 6.7.2.8).
        Sources = scheme == Uri.UriSchemeHttps ? $"https://{rest} wss://{rest}" : $"http://{rest} ws://{rest}";
    }

    /// <summary>The host in lower case and, if it is international, in its ASCII form; with <c>*.</c> if subdomains are meant.</summary>
    public string Host => _host;

    /// <summary>The sources for a policy: one for requests over HTTP and one for WebSockets, separated by a space.</summary>
    public string Sources { get; }

    /// <summary>Reads a name of the table; false if it does not have the form of the class.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out HostSource? source)
    {
        source = null;
        string? scheme = null;
        var rest = text;
        if (text.IndexOf("://", StringComparison.Ordinal) is > 0 and var end)
        {
            scheme = text[..end];
            rest = text[(end + 3)..];
            if (scheme is not ("http" or "https"))
                return false;
        }

        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var path = slash < 0 ? "" : rest[slash..];
        var authority = slash < 0 ? rest : rest[..slash];
        var colon = authority.IndexOf(':', StringComparison.Ordinal);
        int? port = null;
        if (colon >= 0)
        {
            if (!int.TryParse(authority.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is 0 or > 65535)
                return false;
            port = number;
        }

        if (AsciiHost(colon < 0 ? authority : authority[..colon]) is not { } host || !IsPath(path))
            return false;
        source = new HostSource(scheme, host, port, path);
        return true;
    }

    /// <summary>Whether the source allows a request to the URL.</summary>
    /// <param name="url">An absolute URL with the scheme <c>http</c>, <c>https</c>, <c>ws</c> or <c>wss</c>.</param>
    public bool Allows(Uri url)
    {
        var isSecure = url.Scheme is "https" or "wss";
        if (!isSecure && (_scheme == "https" || url.Scheme is not ("http" or "ws")))
            return false;

        // Without a port, only the standard port of the scheme is allowed. Port 80 also allows 443, like http allows https.
        var isPort = _port is null ? url.IsDefaultPort : url.Port == _port || (_port == 80 && url.Port == 443 && isSecure);
        return isPort && IsHost(url.IdnHost) && IsBelow(url.AbsolutePath);
    }

    /// <summary>Whether a URL exists that both sources allow.</summary>
    public static bool Overlap(HostSource a, HostSource b) =>
        (a._port == b._port || (a._port is null or 80 or 443 && b._port is null or 80 or 443))
        && (a.IsHost(b._host) || b.IsHost(a._host))
        && (a._path.Length == 0 || b._path.Length == 0 || a.IsBelow(b._path) || b.IsBelow(a._path));

    /// <summary>Whether the host part covers a host or, with <c>*.</c>, its subdomains.</summary>
    public bool Covers(string host) => IsHost(host);

    private bool IsHost(string host) =>
        _host.StartsWith(Subdomains, StringComparison.Ordinal)
            ? host.Length >= _host.Length && host.EndsWith(_host[1..], StringComparison.OrdinalIgnoreCase)
            : host.Equals(_host, StringComparison.OrdinalIgnoreCase);

    private bool IsBelow(string path) =>
        _path.Length == 0 || path == _path || (_path[^1] == '/' && path.StartsWith(_path, StringComparison.Ordinal));

    // A path ends at characters that have a meaning in a policy or a header.
    private static bool IsPath(string path) => path.All(c => c is > ' ' and < '\x7f' and not (';' or ',' or '?' or '#' or '\'' or '"'));

    private static string? AsciiHost(string host)
    {
        var lead = host.StartsWith(Subdomains, StringComparison.Ordinal) ? Subdomains : "";
        var name = host[lead.Length..];
        var type = Uri.CheckHostName(name);
        if (name.Any(char.IsAsciiLetterUpper) || (type != UriHostNameType.Dns && (type != UriHostNameType.IPv4 || lead.Length > 0)))
            return null;
        try
        {
            return lead + (name.All(char.IsAscii) ? name : new IdnMapping().GetAscii(name));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
