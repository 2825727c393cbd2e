using System.Text;

namespace Gateway.Csp;

/// <summary>
/// Writes the policy that keeps a page from loading content from hosts that the visitor did not allow. It is sent in addition to the policies
/// of the page, and restricts nothing but hosts: inline code, <c>eval</c>, <c>data:</c> and <c>blob:</c> stay allowed.
/// </summary>
/// <remarks>
/// One <c>default-src</c>, because without it prefetching is not restricted. A narrower directive only for the sources that are limited to
/// a use. No <c>form-action</c>: it also stops redirects after a form, such as log-ins and payments.
/// </remarks>
internal static class ThirdPartyPolicy
{
    /// <summary>The longest policy. The response headers must fit into the default buffer of nginx, 4 KiB.</summary>
    public const int LongestPolicy = 4000;

    /// <summary>The start of each policy, by which the script in the page recognizes it.</summary>
    public const string Start = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:";

    private const string SourcesOfStart = "'self' 'unsafe-inline' 'unsafe-eval' data: blob:";

    /// <param name="own">The sources of the site itself (see <see cref="HostSource.Sources"/>).</param>
    /// <param name="allowed">
    /// The sources of third parties, each with the directives to which it is limited, such as <c>frame-src</c>; without one, it is allowed for
    /// every use.
    /// </param>
    public static string Write(IEnumerable<string> own, IReadOnlyCollection<(string Sources, string[] Directives)> allowed)
    {
        var everywhere = string.Concat(own.Concat(allowed.Where(item => item.Directives.Length == 0).Select(item => item.Sources)).Distinct().Select(source => " " + source));
        var policy = new StringBuilder(Start).Append(everywhere);
        foreach (var directive in allowed.SelectMany(item => item.Directives).Distinct().Order(StringComparer.Ordinal))
        {
            policy.Append("; ").Append(directive).Append(' ').Append(SourcesOfStart).Append(everywhere);
            foreach (var (sources, _) in allowed.Where(item => item.Directives.Contains(directive)).Distinct())
                policy.Append(' ').Append(sources);
        }

        return policy.ToString();
    }
}
