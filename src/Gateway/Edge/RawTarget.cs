using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Edge;

/// <summary>The target of a request as it was sent, neither decoded nor normalised.</summary>
internal static class RawTarget
{
    /// <summary>Null where it is no path (<c>*</c>, or a whole URL).</summary>
    public static string? Of(HttpContext context) =>
        context.Features.Get<IHttpRequestFeature>()?.RawTarget is ['/', ..] target ? target : null;

    /// <summary>The same without its query; where it is no path, the path that was read from it.</summary>
    public static ReadOnlySpan<char> PathOf(HttpContext context)
    {
        var target = Of(context) ?? context.Request.Path.Value ?? "/";
        var query = target.AsSpan().IndexOf('?');
        return query < 0 ? target : target.AsSpan(0, query);
    }
}
