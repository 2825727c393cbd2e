namespace Gateway.Benchmarks.InBrowser;

/// <summary>
/// A consent tool from npm on the page that the gateway is measured on, so that both are measured on the same machine at the same time.
/// It is set up as its manual says, with two services. The packages are in the folder that GATEWAY_NPM names; <c>.ci/run</c> downloads them.
/// </summary>
/// <param name="Name">Name of the package.</param>
/// <param name="Banner">A JavaScript expression for the banner; null until it is shown.</param>
/// <param name="Head">HTML for the head of the page.</param>
internal sealed record Peer(string Name, string Banner, string Head)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("GATEWAY_NPM");

    // The cost of a script that does nothing: the round trip that the page waits for, and the browser's own work.
    private const string EmptyPath = "/empty.js";

    private static readonly Peer Empty = new("an empty script", "document.body", $"<script src=\"{EmptyPath}\"></script>");

    private static readonly IReadOnlyList<Peer> Known =
    [
        new("orejime", "document.querySelector('.orejime-Root button')", """
            <link rel="stylesheet" href="/npm/orejime/dist/orejime-standard.css">
            <script>window.orejimeConfig = { privacyPolicyUrl: "/privacy", purposes: [{ id: "counter", title: "Counter", cookies: ["counter"] }, { id: "player", title: "Player", cookies: ["player"] }] };</script>
            <script src="/npm/orejime/dist/orejime-standard-en.js"></script>
            """),
        new("vanilla-cookieconsent", "document.querySelector('#cc-main .cm button')", """
            <link rel="stylesheet" href="/npm/vanilla-cookieconsent/dist/cookieconsent.css">
            <script type="module">
            import "/npm/vanilla-cookieconsent/dist/cookieconsent.umd.js";
            CookieConsent.run({
              hideFromBots: false, categories: { necessary: { enabled: true, readOnly: true }, counter: {}, player: {} },
              language: { default: "en", translations: { en: {
                consentModal: { title: "We use cookies", description: "Cookies count visits and play videos.", acceptAllBtn: "Accept all", acceptNecessaryBtn: "Reject all", showPreferencesBtn: "Manage" },
                preferencesModal: { title: "Preferences", acceptAllBtn: "Accept all", acceptNecessaryBtn: "Reject all", savePreferencesBtn: "Save", sections: [{ title: "Counter", linkedCategory: "counter" }, { title: "Player", linkedCategory: "player" }] }
              } } }
            });
            </script>
            """),
    ];

    public bool HasBanner => this != Empty;

    /// <summary>An empty script, and the tools whose packages are present.</summary>
    public static IReadOnlyList<Peer> Installed { get; } = [Empty, .. Known.Where(peer => Folder is not null && Directory.Exists(Path.Combine(Folder, peer.Name)))];

    public static string HeadOf(string name) => Installed.FirstOrDefault(peer => peer.Name == name)?.Head ?? "";

    /// <summary>Content of a file that a head refers to; null for another path.</summary>
    public static byte[]? FileOf(string path) =>
        path == EmptyPath ? []
        : Folder is not null && path.StartsWith("/npm/", StringComparison.Ordinal) && Path.Combine(Folder, path[5..]) is var file && File.Exists(file) ? File.ReadAllBytes(file) : null;
}
