namespace Gateway.Tests.Script;

/// <summary>A consent tool as sites install it, with two services: a counter (statistics) and a player (video).</summary>
/// <param name="Package">On npm; <c>cases/existing-banners</c> has its page, <c>config/existing-banners.md</c> its snippet under the same name.</param>
/// <param name="Cookie">In which it keeps what it was answered.</param>
/// <param name="Root">Selector of its banner.</param>
/// <param name="Believes">In JavaScript, whether <c>service</c> may run, as the tool itself says once it is up; undefined until then.</param>
/// <param name="Kept">What its cookie holds, percent-decoded: granted services, in the tool's own words.</param>
internal sealed record ConsentTool(string Package, string Cookie, string Root, string Believes, Func<bool, bool, string> Kept)
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
