using System.Text.Json.Serialization;
using Gateway.Cookies;

namespace Gateway.Texts;

/// <summary>The position of the banner in the window. The page stays usable.</summary>
[JsonConverter(typeof(CamelCaseEnum<BannerPosition>))]
internal enum BannerPosition
{
    Bottom,
    Top,
    Centre,
}

/// <summary>The lower corner with the control that reopens the choices, or with the link to the policy if there are no choices.</summary>
[JsonConverter(typeof(CamelCaseEnum<ControlCorner>))]
internal enum ControlCorner
{
    Left,
    Right,

    /// <summary>No control; only allowed if there are no choices.</summary>
    None,
}

/// <summary>The appearance of the banner. Its content comes from the cookie table, and no option can weaken the choice.</summary>
internal sealed record BannerOptions
{
    public BannerPosition Position { get; init; }

    public ControlCorner Control { get; init; }

    /// <summary>The CSS selector of the site's own element that opens the choices. The control is shown on pages without one.</summary>
    public string? Opener { get; init; }

    public BannerTheme Theme { get; init; } = new();
}
