using System.Text.Json.Serialization;
using Gateway.Cookies;

namespace Gateway.Texts;

/// <summary>Where in the window the banner stands; the page stays usable beside it.</summary>
[JsonConverter(typeof(CamelCaseEnum<BannerPosition>))]
internal enum BannerPosition
{
    Bottom,
    Top,
    Centre,
}

/// <summary>Lower corner in which the control stands that reopens the choices, or leads to the policy where there are none.</summary>
[JsonConverter(typeof(CamelCaseEnum<ControlCorner>))]
internal enum ControlCorner
{
    Left,
    Right,

    /// <summary>Nowhere; only where there is nothing to choose.</summary>
    None,
}

/// <summary>How the banner looks. What it says comes from the table; no option weakens the choice.</summary>
internal sealed record BannerOptions
{
    public BannerPosition Position { get; init; }

    public ControlCorner Control { get; init; }

    /// <summary>CSS selector of the site's own element that opens the choices; on pages without one the control is there.</summary>
    public string? Opener { get; init; }

    public BannerTheme Theme { get; init; } = new();
}

/// <summary>The site's controller, as the visitor is told (GDPR 13).</summary>
internal sealed record Controller
{
    public string Name { get; init; } = "";

    /// <summary>Postal address, in one line.</summary>
    public string? Address { get; init; }

    /// <summary>An e-mail address or an https address.</summary>
    public string Contact { get; init; } = "";

    /// <summary>How to reach the data protection officer: an e-mail address or an https address.</summary>
    public string? DataProtectionOfficer { get; init; }

    /// <summary>https address of the site's privacy notice.</summary>
    public string? PrivacyNotice { get; init; }

    /// <summary>Authority to which a visitor may complain.</summary>
    public Authority Authority { get; init; } = new();
}

/// <summary>A data protection authority; the CNIL where nothing is said.</summary>
internal sealed record Authority
{
    public string Name { get; init; } = "CNIL";

    public string Url { get; init; } = "https://www.cnil.fr/";
}

/// <summary>The cookie-policy page.</summary>
internal sealed record PolicyOptions
{
    /// <summary>The site's own paths that show the policy from now on.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Day on which somebody last compared the table with the site; shown as the policy's date.</summary>
    public DateOnly? Reviewed { get; init; }
}
