using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Edge;

/// <summary>The request target as the client sent it, neither decoded nor normalized.</summary>
internal static class RawTarget
{
    /// <summary>Path and query; null if the target is not in origin form (it is <c>*</c> or an absolute URL).</summary>
    public static string? Of(HttpContext context) =>
        context.Features.Get<IHttpRequestFeature>()?.RawTarget is ['/', ..] target ? target : null;

    /// <summary>Path and query; the decoded path if the target is not in origin form.</summary>
    public static string OrPath(HttpContext context) => Of(context) ?? context.Request.Path.Value ?? "/";

    /// <summary>The path without the query; the decoded path if the target is not in origin form.</summary>
    public static ReadOnlySpan<char> PathOf(HttpContext context)
    {
        var target = OrPath(context);
        var query = target.AsSpan().IndexOf('?');
        return query < 0 ? target : target.AsSpan(0, query);
    }
}
