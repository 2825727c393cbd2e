using System.Text.Json;
using Gateway.Cookies;
using Gateway.Texts;

namespace Gateway.Script;

/// <summary>The words of the script and of its dialog in one language, every number and name filled in.</summary>
internal static class ScriptTexts
{
    // Translations that are sent as they stand, by the name that the script knows them by.
    private static readonly (string Name, string Key)[] Plain =
    [
        ("dir", "language.direction"),
        ("title", "banner.title"),
        ("accept", "choice.accept"),
        ("refuse", "choice.refuse"),
        ("customise", "choice.customise"),
        ("manage", "choice.manage"),
        ("dismiss", "choice.dismiss"),
        ("reload", "choice.reload"),
        ("policy", "banner.policy"),
        ("area", "banner.area"),
        ("saved", "status.saved"),
        ("later", "status.later"),
        ("failed", "status.failed"),
        ("notKept", "status.notKept"),
    ];

    private static readonly (string Name, string Key)[] PlainInDialog =
    [
        ("save", "choice.save"),
        ("close", "choice.close"),
        ("dialogIntro", "dialog.intro"),
        ("always", "state.always"),
        ("allowed", "state.allowed"),
        ("refused", "state.refused"),
        ("provider", "entry.provider"),
        ("duration", "entry.duration"),
        ("purpose", "entry.purpose"),
    ];

    /// <summary>Writes the words of the banner, the control and the messages as an object.</summary>
    public static void Write(Utf8JsonWriter json, SiteNotice notice, string language)
    {
        var phrases = notice.In(language);
        json.WriteStartObject();
        json.WriteString(BuiltScript.NameOf("lang"), language);
        foreach (var (name, phrase) in Plain)
            json.WriteString(BuiltScript.NameOf(name), phrases[phrase]);
        if (notice.Showing == Showing.Test)
            json.WriteString(BuiltScript.NameOf("test"), phrases["signal.test"]);
        json.WriteString(BuiltScript.NameOf("intro"), phrases.Format("banner.intro", notice.Controller.Name));
        json.WriteString(BuiltScript.NameOf("providers"), phrases.Count("banner.providers", new PolicyFacts(notice).AskedProviders));
        json.WriteString(BuiltScript.NameOf("effect"), string.Join(' ', Effect(notice, phrases)));
        json.WriteStartArray(BuiltScript.NameOf("groups"));
        foreach (var group in TableGroup.Of(notice, language))
            Strings(json, null, [group.Title, group.Text]);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes the further words of the dialog as an object.</summary>
    public static void WriteDialog(Utf8JsonWriter json, SiteNotice notice, string language)
    {
        var phrases = notice.In(language);
        json.WriteStartObject();
        foreach (var (name, phrase) in PlainInDialog)
            json.WriteString(BuiltScript.NameOf(name), phrases[phrase]);
        if (phrases.Comma != ", ")
            json.WriteString(BuiltScript.NameOf("comma"), phrases.Comma);
        if (new PolicyFacts(notice).Sale)
            json.WriteString(BuiltScript.NameOf("gpc"), phrases["signal.gpc"]);
        var groups = TableGroup.Of(notice, language);
        if (groups.Any(group => group.Basis == GroupBasis.Audience))
        {
            json.WriteString(BuiltScript.NameOf("audience"), phrases["audience.allowed"]);
            json.WriteString(BuiltScript.NameOf("objected"), phrases["state.objected"]);
            json.WriteString(BuiltScript.NameOf("object"), phrases["audience.object"]);
        }

        Strings(json, BuiltScript.NameOf("details"), groups.Select(group => phrases.Format("dialog.details", group.Entries.Count.ToString())));
        json.WriteStartArray(BuiltScript.NameOf("entries"));
        foreach (var entry in groups.SelectMany(group => group.Entries))
            Strings(json, null, Entry(entry, phrases, language));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static IEnumerable<string> Effect(SiteNotice notice, Translations phrases)
    {
        var cookie = notice.Rules.Cookie;
        yield return phrases.Format("banner.effect", phrases["choice.accept"], phrases["choice.refuse"]);
        if (cookie.Domain is not null)
            yield return phrases.Format("banner.scope", cookie.Domain);
        yield return phrases.Format("banner.withdraw", phrases["choice.manage"]);
    }

    private static IEnumerable<string> Entry(CookieEntry entry, Translations phrases, string language)
    {
        yield return entry.Provider;
        yield return entry.PrivacyPolicy ?? "";
        yield return phrases.DurationOf(entry);
        yield return entry.Purpose.In(language);
        if (entry.Kind != EntryKind.Cookie)
            yield return phrases.Of(entry.Kind);
    }

    private static void Strings(Utf8JsonWriter json, string? name, IEnumerable<string> values)
    {
        if (name is null)
            json.WriteStartArray();
        else
            json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
