using System.Globalization;
using System.Net;

namespace Gateway.Config.Rules;

/// <summary>An address to listen on.</summary>
/// <param name="IsHttps">Whether it wants a certificate.</param>
/// <param name="Host">An IP address (without brackets), <c>localhost</c>, or <c>*</c> for every address.</param>
/// <param name="Port">0 for any free one.</param>
internal readonly record struct ListenAddress(bool IsHttps, string Host, int Port)
{
    public bool IsLoopback => Host == "localhost" || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    private bool IsEvery => Host is "*" or "0.0.0.0" or "::";

    /// <summary>Whether both cannot be listened on at once.</summary>
    public bool Collides(ListenAddress other) =>
        Port == other.Port && Port != 0 && (Host == other.Host || IsEvery || other.IsEvery || (IsLoopback && other.IsLoopback));

    /// <summary>Reads <c>http://host:port</c>; false for another host than those above, or a port above 65535.</summary>
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
        return host is "*" or "localhost" || IsAddress(host);
    }

    /// <summary>Whether it is an IP address in its usual form (.NET also reads <c>1</c> as 0.0.0.1, and octal numbers).</summary>
    public static bool IsAddress(string text) =>
        IPAddress.TryParse(text, out var address) && (text.Contains(':') || address.ToString() == text);
}
