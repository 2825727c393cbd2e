namespace Gateway.Tests.Script;

/// <summary>A consent tool as sites install it, with two services: a counter (statistics) and a player (video).</summary>
/// <param name="Package">Name on npm, and of the page and snippet in <c>cases/existing-banners</c> and <c>config/existing-banners.md</c>.</param>
/// <param name="Cookie">The cookie in which the tool saves the visitor's answer.</param>
/// <param name="Root">Selector of the tool's banner.</param>
/// <param name="AllowsService">JavaScript expression: whether the tool allows <c>service</c>; undefined until the tool has started.</param>
/// <param name="Kept">Start of the percent-decoded cookie value for the granted services, in the tool's own format.</param>
internal sealed record ConsentTool(string Package, string Cookie, string Root, string AllowsService, Func<bool, bool, string> Kept)
{
    public static readonly IReadOnlyList<ConsentTool> All =
    [
        new("tarteaucitronjs", "tarteaucitron", "#tarteaucitronRoot", "tarteaucitron.state[service]",
            (counter, player) => $"!counter={Word(counter)}!player={Word(player)}"),
        new("orejime", "eu-consent", ".orejime-Root", "orejime.manager.isDirty() ? undefined : orejime.manager.getConsent(service)", Json),
        new("klaro", "klaro", "#klaro", "klaro.getManager().confirmed ? klaro.getManager().getConsent(service) : undefined", Json),
        new("vanilla-cookieconsent", "cc_cookie", "#cc-main", "CookieConsent.validConsent() ? CookieConsent.acceptedCategory(service) : undefined",
            (counter, player) => $"{{\"categories\":[\"necessary\"{(counter ? ",\"counter\"" : "")}{(player ? ",\"player\"" : "")}],\"revision\":0,"),
    ];

    private static string Json(bool counter, bool player) => $"{{\"counter\":{Word(counter)},\"player\":{Word(player)}}}";

    private static string Word(bool granted) => granted ? "true" : "false";
}
