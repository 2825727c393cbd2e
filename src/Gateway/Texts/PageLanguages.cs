namespace Gateway.Texts;

/// <summary>The configured languages of pages whose <c>lang</c> attribute is wrong or missing.</summary>
/// <param name="configured">
/// The language by scope. A scope is a path prefix that starts and ends with a slash, or a host; <c>/</c> matches every page.
/// </param>
internal sealed class PageLanguages(IReadOnlyDictionary<string, string> configured)
{
    public static readonly PageLanguages None = new(new Dictionary<string, string>());

    /// <summary>The scopes in the order in which they apply: paths, the longest first, then hosts, then <c>/</c>.</summary>
    public IReadOnlyList<(string Scope, string Language)> Scopes { get; } =
    [
        .. configured
            .OrderBy(pair => pair.Key == "/" ? 2 : IsPath(pair.Key) ? 0 : 1)
            .ThenByDescending(pair => pair.Key.Length)
            .Select(pair => (pair.Key, pair.Value)),
    ];

    public static bool IsPath(string scope) => scope.StartsWith('/');

    /// <summary>The language of a page; null if no scope matches.</summary>
    /// <param name="host">The host of the page, without port.</param>
    /// <param name="path">The path as in the address bar; null if it is unknown, in which case only the host is matched.</param>
    public string? Find(string host, string? path)
    {
        // The scope "/fr/" also matches "/fr", as in the script.
        var prefix = path is null ? "/" : path.Split('?', 2)[0] + "/";
        return Scopes
            .FirstOrDefault(pair => IsPath(pair.Scope)
                ? prefix.StartsWith(pair.Scope, StringComparison.Ordinal)
                : pair.Scope.Equals(host.TrimEnd('.'), StringComparison.OrdinalIgnoreCase))
            .Language;
    }
}
