using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Texts;

namespace Gateway.Tests.Support;

/// <summary>Sites for tests of the notice.</summary>
internal static class Notices
{
    public static readonly Category Statistics = new()
    {
        Id = "statistics",
        Title = T("Statistics", "Statistiques"),
        Description = T("To see which pages are read, so that they can be improved.", "Pour savoir quelles pages sont lues, afin de les améliorer."),
    };

    public static readonly Category Video = new()
    {
        Id = "video",
        Title = T("Videos", "Vidéos"),
        Description = T("To show videos that are kept on another site.", "Pour afficher des vidéos hébergées sur un autre site."),
    };

    public static IReadOnlyList<CookieEntry> Necessary { get; } =
    [
        Entry("sessionid", ExemptionReason.Authentication, "14 days", T("Authentication", "Authentification"), T("To remember the user from one page to another", "Reconnaître l’utilisateur d’une page à l’autre")),
        Entry("django_language", ExemptionReason.Interface, "12 months", T("Language selection", "Choix de la langue"), T("To remember the visitor's language", "Retenir la langue du visiteur")),
        Entry("csrftoken", ExemptionReason.Security, "12 months", T("API (CSRF)", "API (CSRF)"), T("To retrieve data via API calls", "Récupérer des données par des appels d’API")),
        Entry("cookies_preferences", ExemptionReason.Choice, "6 months", T("Choices related to your cookie preferences", "Choix relatifs à vos préférences de cookies"), T("To remember the visitor's cookie preferences", "Retenir les préférences de cookies du visiteur")),
    ];

    public static CookieEntry Ga { get; } = new()
    {
        Provider = "Example Analytics",
        PrivacyPolicy = "https://analytics.example/privacy",
        Country = "US",
        TransferBasis = T("Standard contractual clauses", "Clauses contractuelles types"),
        Function = T("Audience statistics", "Statistiques d’audience"),
        Location = T("all pages", "toutes les pages"),
        Names = ["_ga", "_ga_*"],
        Category = "statistics",
        Purpose = T("To count visits and tell pages apart", "Compter les visites et distinguer les pages"),
        Duration = Days("13 months"),
    };

    public static CookieEntry GaKey { get; } = Ga with { Kind = EntryKind.LocalStorage, Names = ["stats-*"], Duration = Days("1 year") };

    public static CookieEntry VideoHost { get; } = new()
    {
        Kind = EntryKind.Host,
        Provider = "Example Video",
        PrivacyPolicy = "https://video.example/privacy",
        Country = "FR",
        Function = T("Video player", "Lecteur vidéo"),
        Names = ["player.video.example"],
        Category = "video",
        Party = Party.Third,
        Purpose = T("To play the videos that pages show", "Lire les vidéos que les pages affichent"),
    };

    public static CookieEntry VideoCookie { get; } = VideoHost with { Kind = EntryKind.Cookie, Names = ["vplay"], Duration = Days("6 months") };

    public static CookieEntry Audience { get; } = new()
    {
        Provider = "Opendatasoft",
        Function = T("Audience measurement", "Mesure d’audience"),
        Location = T("all pages", "toutes les pages"),
        Names = ["_pk_id*"],
        Category = Category.Audience,
        Purpose = T("To count visits", "Compter les visites"),
        Duration = Days("13 months"),
        Exemption = new()
        {
            Reason = ExemptionReason.Audience,
            Attestation = new()
            {
                SoleAudienceMeasurement = true,
                PublisherOnly = true,
                AnonymousOutputOnly = true,
                NoCrossMatching = true,
                NoThirdPartyTransfer = true,
                NoCrossSite = true,
                NoProviderReuse = true,
                AttestedBy = "A. Martin",
                AttestedOn = new DateOnly(2026, 9, 1),
                DataRetention = Days("25 months"),
            },
        },
    };

    /// <summary>The four cookies of the reference policy, which need no consent.</summary>
    public static SiteNotice Reference { get; } = Of(Necessary);

    /// <summary>At least one entry of each kind.</summary>
    public static SiteNotice Full { get; } = Of([.. Necessary, Ga, GaKey, VideoHost, VideoCookie, Audience]);

    /// <summary>The necessary cookies and 46 that need consent.</summary>
    public static IReadOnlyList<CookieEntry> Fifty { get; } = [.. Necessary, .. Enumerable.Range(0, 46).Select(i => Ga with
    {
        Names = [$"_x{i * 37 % 91}_{i}"],
        Provider = $"Provider {i % 15}",
        Purpose = T($"To do thing number {i} for the visitor", $"Faire la chose numéro {i} pour le visiteur"),
    })];

    public static SiteNotice Of(IReadOnlyList<CookieEntry> entries, ConsentCookieOptions? cookie = null) => new()
    {
        Prefix = "/_choices",
        Hosts = ["data.example.org"],
        Languages = ["en", "fr"],
        Controller = new()
        {
            Name = "Académie d’Exemple",
            Address = "1 rue des Écoles, 38000 Grenoble",
            Contact = "contact@example.org",
            DataProtectionOfficer = "https://example.org/dpo",
            PrivacyNotice = "https://example.org/privacy",
        },
        Policy = new(),
        Changed = new DateOnly(2026, 11, 2),
        Banner = new(),
        Signals = new(),
        Asked = [.. new[] { Statistics, Video }.Where(category => entries.Any(entry => entry.NeedsConsent && entry.Category == category.Id))],
        Entries = entries,
        Rules = new ConsentRules(entries, cookie ?? new()),
        IsEnforced = true,
    };

    /// <summary>The same site in other languages. The texts of the operator are French if the language is French, and otherwise English.</summary>
    public static SiteNotice Speaking(this SiteNotice notice, params IReadOnlyList<string> languages)
    {
        IReadOnlyDictionary<string, string> All(IReadOnlyDictionary<string, string> texts) => texts.Count == 0
            ? texts
            : languages.ToDictionary(language => language, language => texts[language == "fr" ? "fr" : "en"]);
        return notice with
        {
            Languages = languages,
            Asked = [.. notice.Asked.Select(category => category with { Title = All(category.Title), Description = All(category.Description) })],
            Entries =
            [
                .. notice.Entries.Select(entry => entry with
                {
                    Function = All(entry.Function),
                    Location = All(entry.Location),
                    Purpose = All(entry.Purpose),
                    TransferBasis = All(entry.TransferBasis),
                }),
            ],
        };
    }

    /// <summary>A visitor's state: each named category granted or refused, the others not asked.</summary>
    public static ConsentState State(SiteNotice notice, bool objected = false, params (string Category, bool Granted)[] answers) => new(
        notice.Rules.Versions,
        20_000,
        answers.ToDictionary(answer => answer.Category, answer => new GivenAnswer(notice.Rules.Versions[answer.Category], answer.Granted)),
        objected,
        new Dictionary<string, int>());

    public static Dictionary<string, string> T(string en, string fr) => new() { ["en"] = en, ["fr"] = fr };

    private static CookieEntry Entry(
        string name, ExemptionReason reason, string duration, Dictionary<string, string> function, Dictionary<string, string> purpose) => new()
        {
            Provider = "Opendatasoft",
            Function = function,
            Location = T("front and back office", "front et back office"),
            Names = [name],
            Category = Category.Necessary,
            Purpose = purpose,
            Duration = Days(duration),
            Exemption = new() { Reason = reason },
        };

    private static Duration Days(string text) => Duration.TryParse(text, out var duration) ? duration : throw new ArgumentException(text);
}
