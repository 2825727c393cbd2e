namespace Gateway.Benchmarks.InBrowser;

/// <summary>
/// A consent tool from npm on the very page that ours is measured on, so that there is something to hold the figures against which the
/// machine slows as much. As its manual says, with two services; the packages are in the folder that GATEWAY_NPM names, as .ci/run fetches them.
/// </summary>
/// <param name="Name">Its package.</param>
/// <param name="Banner">In JavaScript: the element that asks, once it is there.</param>
/// <param name="Head">What it wants in a page.</param>
internal sealed record Peer(string Name, string Banner, string Head)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("GATEWAY_NPM");

    // What a script costs that does nothing: the round trip for which the page waits, and what the browser does for it.
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

    /// <summary>An empty script, and those whose packages are there.</summary>
    public static IReadOnlyList<Peer> Installed { get; } = [Empty, .. Known.Where(peer => Folder is not null && Directory.Exists(Path.Combine(Folder, peer.Name)))];

    public static string HeadOf(string name) => Installed.FirstOrDefault(peer => peer.Name == name)?.Head ?? "";

    /// <summary>What a path of a head stands for.</summary>
    public static byte[]? FileOf(string path) =>
        path == EmptyPath ? []
        : Folder is not null && path.StartsWith("/npm/", StringComparison.Ordinal) && Path.Combine(Folder, path[5..]) is var file && File.Exists(file) ? File.ReadAllBytes(file) : null;
}
