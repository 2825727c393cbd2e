using Gateway.Consent;
using Gateway.Texts;

namespace Gateway.Pages;

/// <summary>The form of the settings page: each group with its present state, nothing ticked that was not granted before.</summary>
internal static class SettingsForm
{
    // Save comes first: the Enter key in a check box presses a form's first button, which must not be one that grants.
    public static Markup Render(SiteNotice notice, ConsentState state, Translations phrases, string back) => Markup.Of($"""
        <form method="post" action="{notice.Prefix}/choice">
        <input type="hidden" name="return" value="{back}">
        {Markup.Each(TableGroup.Of(notice, phrases.Language), group => Group(group, state, phrases))}<p class="actions">
        {Button("save", "other", phrases["choice.save"])}{Twins(phrases).If(notice.Rules.Asks)}</p>
        </form>
        """);

    private static Markup Twins(Translations phrases) =>
        Markup.Of($"<span class=\"twins\">\n{Button("accept", "choice", phrases["choice.accept"])}{Button("refuse", "choice", phrases["choice.refuse"])}</span>\n");

    private static Markup Button(string value, string style, string text) =>
        Markup.Of($"<button type=\"submit\" name=\"choice\" value=\"{value}\" class=\"{style}\">{text}</button>\n");

    private static Markup Group(TableGroup group, ConsentState state, Translations phrases) => Markup.Of($"""
        <section aria-labelledby="group-{group.Id}">
        <h2 id="group-{group.Id}">{group.Title}</h2>
        <p>{group.Text}</p>
        <p class="state">{phrases.Format("settings.state", State(group, state, phrases))}</p>
        {Control(group, state, phrases)}</section>

        """);

    private static Markup Control(TableGroup group, ConsentState state, Translations phrases) => group.Basis switch
    {
        GroupBasis.Audience => Tick("objected", group.Id, state.Objected, phrases["audience.object"]),
        GroupBasis.Consent => Tick(
            "granted", group.Id, state.AnswerFor(group.Id) == Answer.Granted, phrases.Format("settings.allow", group.Title)),
        _ => Markup.Empty,
    };

    private static Markup Tick(string name, string value, bool ticked, string text) => Markup.Of(
        $"<p><label><input type=\"checkbox\" name=\"{name}\" value=\"{value}\"{new Markup(" checked").If(ticked)}> {text}</label></p>\n");

    private static string State(TableGroup group, ConsentState state, Translations phrases) => group.Basis switch
    {
        GroupBasis.Necessary => phrases["state.always"],
        GroupBasis.Audience => phrases[state.Objected ? "state.objected" : "audience.allowed"],
        _ => phrases[state.AnswerFor(group.Id) switch
        {
            Answer.Granted => "state.allowed",
            Answer.Refused => "state.refused",
            _ => "state.notAsked",
        }],
    };
}
