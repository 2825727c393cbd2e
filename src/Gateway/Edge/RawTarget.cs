using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Edge;

/// <summary>The target of a request as it was sent, neither decoded nor normalised.</summary>
internal static class RawTarget
{
    /// <summary>Null where it is no path (<c>*</c>, or a whole URL).</summary>
    public static string? Of(HttpContext context) =>
        context.Features.Get<IHttpRequestFeature>()?.RawTarget is ['/', ..] target ? target : null;

    /// <summary>The same without its query.</summary>
    public static string? PathOf(HttpContext context) => Of(context)?.Split('?', 2)[0];
}
