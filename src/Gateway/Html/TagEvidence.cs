using static Gateway.Html.Markup;

namespace Gateway.Html;

/// <summary>What the name of a start tag says about the body being a document.</summary>
internal static class TagEvidence
{
    public static Evidence Of(ReadOnlySpan<byte> name) => name switch
    {
        _ when Is(name, "html"u8) => Evidence.Html,
        _ when Is(name, "head"u8) => Evidence.Head,
        _ when Is(name, "body"u8) || Is(name, "frameset"u8) => Evidence.Body,
        _ when Is(name, "title"u8) || Is(name, "meta"u8) || Is(name, "base"u8) => Evidence.Structure,
        _ when Is(name, "link"u8) || Is(name, "script"u8) || Is(name, "style"u8) => Evidence.Structure,
        _ => Evidence.AnyTag,
    };
}
