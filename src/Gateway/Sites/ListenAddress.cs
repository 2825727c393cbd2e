using System.Globalization;
using System.Net;

namespace Gateway.Sites;

/// <summary>An address to listen on.</summary>
/// <param name="IsHttps">Whether the scheme is https, which requires a certificate.</param>
/// <param name="Host">An IP address without brackets, <c>localhost</c>, or <c>*</c> for all addresses.</param>
/// <param name="Port">The port; 0 for any free port.</param>
internal readonly record struct ListenAddress(bool IsHttps, string Host, int Port)
{
    /// <summary>The IP address; null for <c>localhost</c> and <c>*</c>.</summary>
    public IPAddress? Address => IPAddress.TryParse(Host, out var address) ? address : null;

    /// <summary>Whether the address is only reachable from this machine.</summary>
    public bool IsLoopback => Host == "localhost" || (Address is { } address && IPAddress.IsLoopback(address));

    /// <summary>Whether it stands for all addresses of this machine.</summary>
    public bool IsAny => Host is "*" or "0.0.0.0" or "::";

    /// <summary>Whether the gateway cannot listen on both addresses at the same time.</summary>
    public bool ConflictsWith(ListenAddress other) =>
        Port == other.Port && Port != 0 && (Host == other.Host || IsAny || other.IsAny || (IsLoopback && other.IsLoopback));

    /// <summary>Parses an address whose configuration has been validated.</summary>
    /// <exception cref="FormatException">The address is not valid.</exception>
    public static ListenAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"\"{text}\" is not a listen address.");

    /// <summary>Parses <c>http://host:port</c>. It fails for a host that is not one of those above, and for a port above 65535.</summary>
    public static bool TryParse(string text, out ListenAddress address)
    {
        address = default;
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var colon = text.LastIndexOf(':');
        if (scheme < 0 || colon <= scheme + 3
            || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return false;
        }

        var host = text[(scheme + 3)..colon].Trim('[', ']');
        address = new ListenAddress(text.StartsWith("https:", StringComparison.Ordinal), host, port);
        return host is "*" or "localhost" || IsIPAddress(host);
    }

    /// <summary>Whether the text is an IP address in its usual form. .NET also parses <c>1</c> as 0.0.0.1, and octal numbers.</summary>
    public static bool IsIPAddress(string text) =>
        IPAddress.TryParse(text, out var address) && (text.Contains(':') || address.ToString() == text);
}
