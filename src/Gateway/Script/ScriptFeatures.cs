using Gateway.Texts;

namespace Gateway.Script;

/// <summary>What a site's script needs beside its core. Both its parts and its data follow from this.</summary>
internal sealed record ScriptFeatures(SiteNotice Notice)
{
    /// <summary>Whether some entry is held back under Global Privacy Control.</summary>
    public bool Signals { get; } = Notice.Entries.Any(entry => entry.SaleOrShare);

    /// <summary>Whether some entry is exempt audience measurement, which visits may not prolong.</summary>
    public bool Audience { get; } = Notice.Entries.Any(entry => entry.IsAudience);

    /// <summary>The CSS selector of the site's own element that opens the choices.</summary>
    public string? Opener => Notice.Banner.Opener;

    /// <summary>The site's own banner, which is hidden.</summary>
    public ExistingBanner? Existing => Notice.ExistingBanner;

    /// <summary>Name of the interface for the site's own scripts.</summary>
    public string? Api => Notice.Signals.ScriptApi;

    /// <summary>Google's consent types.</summary>
    public GoogleConsentMode? Google => Notice.Signals.GoogleConsentMode is { IsOn: true } google ? google : null;

    public bool Preview => Notice.Showing == Showing.Preview;

    /// <summary>The languages whose words the script does not hold itself.</summary>
    public IReadOnlyList<string> FurtherLanguages { get; } = [.. Notice.Languages.Skip(TextModules.Held)];

    /// <summary>Names of the parts that are sent, in the order in which they run.</summary>
    public IEnumerable<string> Parts()
    {
        if (Signals)
            yield return "signals";
        if (Audience)
            yield return "audience";
        if (Opener is not null)
            yield return "opener";
        if (Existing is not null)
            yield return "existing";
        if (Api is not null)
            yield return "api";
        if (Google is not null)
            yield return "google";
        if (Preview)
            yield return "preview";
        if (FurtherLanguages.Count > 0)
            yield return "languages";
    }
}
