using Gateway.Consent;
using Gateway.Texts;

namespace Gateway.Pages;

/// <summary>The form of the settings page: each group with its current state. Only granted categories are ticked.</summary>
internal static class SettingsForm
{
    // "Save" comes first: Enter in a check box activates the first button of the form, which must not grant anything.
    public static HtmlContent Render(SiteNotice notice, ConsentState state, Translations translations, string back) => HtmlContent.Of($"""
        <form method="post" action="{notice.Prefix}/choice">
        <input type="hidden" name="return" value="{back}">
        {HtmlContent.Each(TableGroup.Of(notice, translations.Language), group => Group(group, state, translations))}<p class="actions">
        {Button("save", "other", translations["choice.save"])}{AcceptAndRefuse(translations).If(notice.Rules.Asks)}</p>
        </form>
        """);

    private static HtmlContent AcceptAndRefuse(Translations translations) =>
        HtmlContent.Of($"<span class=\"twins\">\n{Button("accept", "choice", translations["choice.accept"])}{Button("refuse", "choice", translations["choice.refuse"])}</span>\n");

    private static HtmlContent Button(string value, string style, string text) =>
        HtmlContent.Of($"<button type=\"submit\" name=\"choice\" value=\"{value}\" class=\"{style}\">{text}</button>\n");

    private static HtmlContent Group(TableGroup group, ConsentState state, Translations translations) => HtmlContent.Of($"""
        <section aria-labelledby="group-{group.Id}">
        <h2 id="group-{group.Id}">{group.Title}</h2>
        <p>{group.Text}</p>
        <p class="state">{translations.Format("settings.state", State(group, state, translations))}</p>
        {Control(group, state, translations)}</section>

        """);

    private static HtmlContent Control(TableGroup group, ConsentState state, Translations translations) => group.Basis switch
    {
        GroupBasis.Audience => Tick("objected", group.Id, state.Objected, translations["audience.object"]),
        GroupBasis.Consent => Tick(
            "granted", group.Id, state.AnswerFor(group.Id) == Answer.Granted, translations.Format("settings.allow", group.Title)),
        _ => HtmlContent.Empty,
    };

    private static HtmlContent Tick(string name, string value, bool ticked, string text) => HtmlContent.Of(
        $"<p><label><input type=\"checkbox\" name=\"{name}\" value=\"{value}\"{new HtmlContent(" checked").If(ticked)}> {text}</label></p>\n");

    private static string State(TableGroup group, ConsentState state, Translations translations) => group.Basis switch
    {
        GroupBasis.Necessary => translations["state.always"],
        GroupBasis.Audience => translations[state.Objected ? "state.objected" : "audience.allowed"],
        _ => translations[state.AnswerFor(group.Id) switch
        {
            Answer.Granted => "state.allowed",
            Answer.Refused => "state.refused",
            _ => "state.notAsked",
        }],
    };
}
