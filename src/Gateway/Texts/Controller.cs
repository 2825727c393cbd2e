namespace Gateway.Texts;

/// <summary>The controller of the site, as shown to visitors (GDPR 13).</summary>
internal sealed record Controller
{
    public string Name { get; init; } = "";

    /// <summary>The postal address, on one line.</summary>
    public string? Address { get; init; }

    /// <summary>An e-mail address or an https URL.</summary>
    public string Contact { get; init; } = "";

    /// <summary>The contact of the data protection officer: an e-mail address or an https URL.</summary>
    public string? DataProtectionOfficer { get; init; }

    /// <summary>The https URL of the privacy notice of the site.</summary>
    public string? PrivacyNotice { get; init; }

    /// <summary>The authority to which visitors can complain.</summary>
    public Authority Authority { get; init; } = new();
}

/// <summary>A data protection authority; the CNIL by default.</summary>
internal sealed record Authority
{
    public string Name { get; init; } = "CNIL";

    public string Url { get; init; } = "https://www.cnil.fr/";
}
