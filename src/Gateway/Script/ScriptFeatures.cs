using Gateway.Cookies;
using Gateway.Texts;

namespace Gateway.Script;

/// <summary>What a site's script needs beside its core. Both its parts and its data follow from this.</summary>
internal sealed record ScriptFeatures(SiteNotice Notice)
{
    /// <summary>Whether some entry is held back under Global Privacy Control.</summary>
    public bool Signals { get; } = Notice.Entries.Any(entry => entry.SaleOrShare);

    /// <summary>Whether some entry is exempt audience measurement, which visits may not prolong.</summary>
    public bool Audience { get; } = Notice.Entries.Any(entry => entry.IsAudience);

    /// <summary>The pages that ask nothing.</summary>
    public IReadOnlyList<string> Quiet => Notice.Quiet.Patterns;

    /// <summary>The CSS selector of the site's own element that opens the choices.</summary>
    public string? Opener => Notice.Banner.Opener;

    /// <summary>The site's own banner, which is hidden.</summary>
    public ExistingBanner? Existing => Notice.ExistingBanner;

    /// <summary>Name of the interface for the site's own scripts.</summary>
    public string? Api => Notice.Signals.ScriptApi;

    /// <summary>Google's consent types.</summary>
    public GoogleConsentMode? Google => Notice.Signals.GoogleConsentMode is { IsOn: true } google ? google : null;

    /// <summary>The start of the policy of pages for third parties.</summary>
    public string? Policy => Notice.ThirdPartyPolicy;

    /// <summary>Whether frames of third parties are held back, so that they get placeholders.</summary>
    public bool Placeholders { get; } = Notice is { ThirdPartyPolicy: not null, LoadsThirdParties: false } && Notice.Entries.Any(MayHoldFrames);

    public bool Preview => Notice.Showing == Showing.Preview;

    /// <summary>Whether the entry lists hosts of frames that not every visitor allows.</summary>
    public static bool MayHoldFrames(CookieEntry entry) =>
        entry.Kind == EntryKind.Host && (entry.NeedsConsent || entry.IsAudience) && (entry.Uses.Count == 0 || entry.Uses.Contains(HostUse.Frame));

    /// <summary>The languages whose words the script does not hold itself.</summary>
    public IReadOnlyList<string> FurtherLanguages { get; } = [.. Notice.Languages.Skip(ScriptModules.Held)];

    /// <summary>Names under which a failure of the script is reported: of its parts, and of its start.</summary>
    public static IReadOnlyList<string> AllParts { get; } =
        ["main", "quiet", "signals", "audience", "opener", "existing", "api", "google", "parties", "placeholders", "preview", "languages", "start"];

    /// <summary>Names of the parts that are sent, in the order in which they run; the first is the core.</summary>
    public IReadOnlyList<string> Parts => [.. AllParts.Where(part => part switch
    {
        "main" => true,
        "quiet" => Quiet.Count > 0,
        "signals" => Signals,
        "audience" => Audience,
        "opener" => Opener is not null,
        "existing" => Existing is not null,
        "api" => Api is not null,
        "google" => Google is not null,
        "parties" => Policy is not null || Notice.Entries.Any(entry => entry.Kind == EntryKind.Path),
        "placeholders" => Placeholders,
        "preview" => Preview,
        "languages" => FurtherLanguages.Count > 0,
        _ => false,
    })];
}
