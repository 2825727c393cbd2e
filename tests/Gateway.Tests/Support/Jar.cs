using System.Globalization;

namespace Gateway.Tests.Support;

/// <summary>
/// The cookies of a browser, in enough detail for deletions: name, domain, path and partition identify a cookie, and only a line with all
/// four deletes it (RFC 6265bis 5.7).
/// </summary>
internal sealed class Jar(TimeProvider time)
{
    private readonly List<Stored> _cookies = [];

    public IEnumerable<string> Names => _cookies.Where(IsAlive).Select(cookie => cookie.Key.Name);

    public void Take(Uri from, params IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var parts = line.Split(';').Select(part => part.Trim().Split('=', 2)).ToList();
            var attributes = parts.Skip(1).ToLookup(part => part[0].ToLowerInvariant(), part => part.ElementAtOrDefault(1) ?? "");
            var domain = attributes["domain"].LastOrDefault()?.TrimStart('.');
            var key = new Key(
                parts[0].Length == 2 ? parts[0][0] : "",
                domain ?? from.Host,
                domain is null,
                attributes["path"].LastOrDefault() is ['/', ..] path ? path : from.AbsolutePath[..Math.Max(1, from.AbsolutePath.LastIndexOf('/'))],
                attributes.Contains("partitioned"));
            if (!MayBeSet(key, from, attributes.Contains("secure")))
                continue;

            _cookies.RemoveAll(cookie => cookie.Key == key);
            _cookies.Add(new Stored(key, parts[0][^1], Expires(attributes)));
        }
    }

    /// <summary>The <c>Cookie</c> header of a request; null if there is none to send.</summary>
    public string? Header(Uri to)
    {
        var sent = _cookies.Where(cookie => IsAlive(cookie) && Goes(cookie.Key, to)).Select(cookie => $"{cookie.Key.Name}={cookie.Value}").ToList();
        return sent.Count == 0 ? null : string.Join("; ", sent);
    }

    private static bool MayBeSet(Key key, Uri from, bool isSecure)
    {
        var isHttps = from.Scheme == Uri.UriSchemeHttps;
        return (key.HostOnly || IsWithin(from.Host, key.Domain))
            && key.Domain.Contains('.', StringComparison.Ordinal) == from.Host.Contains('.', StringComparison.Ordinal)
            && (!isSecure || isHttps)
            && (!key.Partitioned || isSecure)
            && (!key.Name.StartsWith("__Secure-", StringComparison.OrdinalIgnoreCase) || isSecure)
            && (!key.Name.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase) || (isSecure && key is { HostOnly: true, Path: "/" }));
    }

    private static bool Goes(Key key, Uri to) =>
        (key.HostOnly ? to.Host == key.Domain : IsWithin(to.Host, key.Domain))
        && (to.AbsolutePath == key.Path || to.AbsolutePath.StartsWith(key.Path.TrimEnd('/') + "/", StringComparison.Ordinal));

    private static bool IsWithin(string host, string domain) =>
        host == domain || host.EndsWith("." + domain, StringComparison.Ordinal);

    private DateTimeOffset? Expires(ILookup<string, string> attributes) =>
        attributes["max-age"].LastOrDefault() is { } age ? time.GetUtcNow().AddSeconds(long.Parse(age, CultureInfo.InvariantCulture))
        : DateTimeOffset.TryParse(attributes["expires"].LastOrDefault(), CultureInfo.InvariantCulture, out var date) ? date
        : null;

    private bool IsAlive(Stored cookie) => cookie.Expires is null || cookie.Expires > time.GetUtcNow();

    private sealed record Key(string Name, string Domain, bool HostOnly, string Path, bool Partitioned);

    private sealed record Stored(Key Key, string Value, DateTimeOffset? Expires);
}
