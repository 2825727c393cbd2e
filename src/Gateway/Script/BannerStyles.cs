using Gateway.Texts;

namespace Gateway.Script;

/// <summary>The style sheet of banner, dialog and control, with a site's theme.</summary>
internal static class BannerStyles
{
    private static readonly Lazy<string> Common = new(() => BuiltScript.Read("ui.css"));

    public static string Of(BannerOptions options) =>
        options.Theme.ToCssOfPage(".all") + Common.Value + Corner(options.Control);

    private static string Corner(ControlCorner corner) =>
        corner == ControlCorner.Right ? ".corner{right:max(12px,env(safe-area-inset-right));justify-items:end}"
            : ".corner{left:max(12px,env(safe-area-inset-left));justify-items:start}";
}
