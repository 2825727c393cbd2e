using System.Text.Json;
using Gateway.Cookies;
using Gateway.Csp;
using Gateway.Sites;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Gateway.Edge.Documents;

/// <summary>
/// Removes the headers with which a response makes a browser contact third parties in ways that a Content-Security-Policy does not restrict.
/// </summary>
internal static class ThirdPartyHints
{
    // Relations that make the browser connect or fetch (HTML 4.6.7).
    private static readonly string[] Fetching = ["preload", "preconnect", "dns-prefetch", "modulepreload", "prefetch", "prerender"];

    private static readonly string[] Names =
    [
        HeaderNames.Link, "Speculation-Rules", "Reporting-Endpoints", "SourceMap", "X-SourceMap", "Refresh", HeaderNames.ContentSecurityPolicy,
        HeaderNames.ContentSecurityPolicyReportOnly, "Report-To",
    ];

    /// <param name="grants">What the visitor allowed; null to allow own hosts only.</param>
    /// <param name="authority">The host and an optional port of the page.</param>
    public static void Remove(HttpContext context, ThirdParties parties, Grants? grants, string authority)
    {
        // Most responses have none of them.
        if (HasOne(context.Response.Headers))
            Edit(context, parties, grants, authority);
    }

    private static bool HasOne(IHeaderDictionary headers)
    {
        foreach (var name in Names)
        {
            if (headers.ContainsKey(name))
                return true;
        }

        return false;
    }

    // On its own, so that a response without such a header does not pay for the closure.
    private static void Edit(HttpContext context, ThirdParties parties, Grants? grants, string authority)
    {
        var headers = context.Response.Headers;
        var target = new Target(context.Request, authority, url => !parties.Allows(grants, url, authority));
        Edit(headers, HeaderNames.Link, line => WithoutLinks(line, target));
        Edit(headers, "Speculation-Rules", line => Without(line, member => target.IsRefused(Unquoted(member))));
        Edit(headers, "Reporting-Endpoints", line => Without(line, member => target.IsRefused(ValueOf(member))));
        Edit(headers, "SourceMap", line => target.IsRefused(line) ? null : line);
        Edit(headers, "X-SourceMap", line => target.IsRefused(line) ? null : line);
        Edit(headers, "Refresh", line => target.IsRefused(AddressOfRefresh(line)) ? null : line);
        Edit(headers, HeaderNames.ContentSecurityPolicy, line => ReportAddresses.Without(line, target.IsRefused));
        Edit(headers, HeaderNames.ContentSecurityPolicyReportOnly, line => ReportAddresses.Without(line, target.IsRefused));

        // Network Error Logging reports to a group of Report-To.
        if (Edit(headers, "Report-To", line => ReportsTo(line).Any(target.IsRefused) ? null : line))
            headers.Remove("NEL");
    }

    private static bool Edit(IHeaderDictionary headers, string name, Func<string, string?> edit)
    {
        if (!headers.TryGetValue(name, out var lines) || lines.Count == 0)
            return false;

        var edited = lines.Select(line => edit(line!)).ToArray();
        if (edited.AsSpan().SequenceEqual(lines.ToArray()))
            return false;

        headers[name] = new StringValues([.. edited.Where(line => line is not null)!]);
        return true;
    }

    // RFC 8288: <url>; rel="preload prefetch"; as=script, <url> ...
    private static string? WithoutLinks(string line, Target target) => Without(line, member =>
    {
        var end = member.IndexOf('>', StringComparison.Ordinal);
        if (!member.StartsWith('<') || end < 0)
            return false;

        var parameters = HeaderLists.Parts(member[(end + 1)..], ';').Select(parameter => parameter.Split('=', 2, StringSplitOptions.TrimEntries));
        var relations = parameters.FirstOrDefault(parameter => parameter is [var name, _] && name.Equals("rel", StringComparison.OrdinalIgnoreCase));
        return relations is [_, var value] && Unquoted(value).Split(' ').Any(relation => Fetching.Contains(relation, StringComparer.OrdinalIgnoreCase))
            && target.IsRefused(member[1..end]);
    });

    private static string? Without(string line, Predicate<string> isRemoved)
    {
        var members = HeaderLists.Parts(line, ',').ToList();
        var kept = members.Where(member => !isRemoved(member)).ToList();
        return kept.Count == members.Count ? line : kept.Count == 0 ? null : string.Join(", ", kept);
    }

    private static string ValueOf(string member) => member.Split('=', 2) is [_, var value] ? Unquoted(HeaderLists.Parts(value, ';').FirstOrDefault("")) : "";

    private static string Unquoted(string text) => text.Trim().Trim('"');

    // HTML 7.5.4, shared declarative refresh steps: "5; url='https://example.org/'".
    private static string AddressOfRefresh(string line)
    {
        var rest = line.AsSpan().TrimStart().TrimStart("0123456789.").TrimStart().TrimStart(";,").TrimStart();
        if (rest.StartsWith("url", StringComparison.OrdinalIgnoreCase) && rest[3..].TrimStart() is ['=', .. var value])
            rest = value.TrimStart();
        return rest.Trim().Trim("'\"").ToString();
    }

    // Reporting API 1 (2018), 3.1: a list of JSON objects. What is not JSON has no effect in browsers.
    private static IEnumerable<string> ReportsTo(string line)
    {
        try
        {
            using var groups = JsonDocument.Parse($"[{line}]", new JsonDocumentOptions { MaxDepth = 6 });
            return [.. groups.RootElement.EnumerateArray()
                .SelectMany(group => group.GetProperty("endpoints").EnumerateArray())
                .Select(endpoint => endpoint.GetProperty("url").GetString() ?? "")];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return [];
        }
    }

    private sealed class Target(HttpRequest request, string authority, Predicate<Uri> isRefused)
    {
        private Uri? _page;

        // What cannot be read as a URL leads nowhere.
        public bool IsRefused(string address) =>
            Uri.TryCreate(Page, address.Trim(), out var url) && url.Scheme is "http" or "https" && isRefused(url);

        private Uri Page => _page ??= Uri.TryCreate($"{request.Scheme}://{authority}{request.Path}", UriKind.Absolute, out var page) ? page : new Uri("http://localhost");
    }
}
