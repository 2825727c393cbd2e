using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Gateway.Cookies;
using Gateway.Texts;

namespace Gateway.Script;

/// <summary>
/// What the script is told of its site: the table, and all words ready to show in the site's first languages, with where to find the rest.
/// JSON, and an expression of JavaScript as well, harmless even inside HTML (no <c>&lt;</c>, no U+2028).
/// </summary>
internal static partial class ScriptData
{
    private static readonly JavaScriptEncoder Harmless = JavaScriptEncoder.Create(UnicodeRanges.All);

    /// <param name="features">What the site needs.</param>
    /// <param name="further">The words of the languages that are files of their own, by language.</param>
    /// <param name="dialogs">The files of the dialog, by language.</param>
    public static string Write(
        ScriptFeatures features, IReadOnlyDictionary<string, HashedFile> further, IReadOnlyDictionary<string, HashedFile> dialogs) => Json(json =>
    {
        var notice = features.Notice;
        var groups = TableGroup.Of(notice, notice.Languages[0]);
        json.WriteStartObject();
        json.WriteString(Key("prefix"), notice.Prefix);
        json.WriteString(Key("cookie"), notice.Rules.Cookie.Name);
        json.WriteNumber(Key("days"), notice.Rules.Cookie.Days);
        if (features.Audience)
            json.WriteNumber(Key("audienceDays"), (int)Duration.ThirteenMonths.Length.TotalDays);
        Flag(json, Key("observes"), !notice.IsEnforced);
        Flag(json, Key("choice"), notice.Rules.HasChoice);
        Flag(json, Key("signed"), notice.Rules.Cookie.IsSigned);
        json.WriteString(Key("position"), notice.Banner.Position switch { BannerPosition.Bottom => "low", BannerPosition.Top => "high", _ => "" });
        Flag(json, Key("bare"), notice.Banner.Control == ControlCorner.None);
        if (features.Opener is { } opener)
            json.WriteString(Key("opener"), opener);
        json.WriteString(Key("language"), notice.Languages[0]);
        if (notice.PageLanguages.Scopes.Count > 0)
            Pages(json, Key("pages"), notice.PageLanguages);
        if (features.Quiet.Count > 0)
            Strings(json, Key("quiet"), features.Quiet);
        if (features.Existing is { } existing)
            Existing(json, Key("existing"), existing);
        if (features.Api is { } name)
            json.WriteString(Key("api"), name);
        if (features.Google is { } google)
            Google(json, Key("google"), google);
        if (features.Policy is { } policy)
            json.WriteString(Key("policy"), policy);
        if (notice.OwnPolicy is { } own)
            json.WriteString(Key("own"), own);
        Groups(json, Key("groups"), groups, notice);
        Entries(json, Key("entries"), groups, features.Placeholders);
        json.WriteStartObject(Key("texts"));
        // No page's language is the name of something that every object has.
        json.WriteNull("__proto__");
        foreach (var language in notice.Languages)
        {
            json.WritePropertyName(language);
            if (further.TryGetValue(language, out var module))
                json.WriteStringValue(module.Hash);
            else
                ScriptTexts.Write(json, notice, language);
        }

        json.WriteEndObject();
        json.WriteStartObject(Key("dialogs"));
        foreach (var (language, dialog) in dialogs)
            json.WriteString(language, dialog.Hash);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>The words in one language alone.</summary>
    public static string Texts(SiteNotice notice, string language) => Json(json => ScriptTexts.Write(json, notice, language));

    /// <summary>The further words of the dialog in one language.</summary>
    public static string DialogTexts(SiteNotice notice, string language) => Json(json => ScriptTexts.WriteDialog(json, notice, language));

    /// <summary>JSON as an expression: names stand without quotes, and strings escape no more than they must.</summary>
    public static string Literal(string json) => Quoted().Replace(json, match =>
        match.Groups["key"] is { Success: true } key ? key.Value + ":" : match.Value switch { "\\u0027" => "'", "\\u00A0" => "\u00a0", var other => other });

    private static string Json(Action<Utf8JsonWriter> write)
    {
        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new() { Encoder = Harmless }))
            write(json);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    // What does not hold is not sent.
    private static void Flag(Utf8JsonWriter json, string key, bool holds)
    {
        if (holds)
            json.WriteBoolean(key, true);
    }

    private static void Strings(Utf8JsonWriter json, string key, IReadOnlyList<string> values)
    {
        json.WriteStartArray(key);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void Pages(Utf8JsonWriter json, string key, PageLanguages pages)
    {
        json.WriteStartArray(key);
        foreach (var (place, language) in pages.Scopes)
        {
            json.WriteStartArray();
            json.WriteStringValue(place);
            json.WriteStringValue(language);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void Existing(Utf8JsonWriter json, string key, ExistingBanner existing)
    {
        json.WriteStartObject(key);
        Strings(json, Key("hide"), existing.Hide);
        Flag(json, Key("unlock"), existing.Unlock);
        json.WriteStartArray(Key("answers"));
        foreach (var answer in existing.Answers)
        {
            json.WriteStartObject();
            json.WriteString(Key("kind"), JsonNamingPolicy.CamelCase.ConvertName(answer.Kind.ToString()));
            json.WriteString(Key("name"), answer.Name);
            json.WriteString(Key("value"), answer.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Google(Utf8JsonWriter json, string key, GoogleConsentMode google)
    {
        json.WriteStartObject(key);
        foreach (var (type, category) in google.Types)
            json.WriteString(type, category);
        json.WriteEndObject();
    }

    // A group with a version is one for which consent is asked.
    private static void Groups(Utf8JsonWriter json, string key, IReadOnlyList<TableGroup> groups, SiteNotice notice)
    {
        json.WriteStartArray(key);
        foreach (var group in groups)
        {
            json.WriteStartObject();
            json.WriteString(Key("id"), group.Id);
            if (group.Basis == GroupBasis.Consent)
                json.WriteString(Key("version"), notice.Rules.Versions[group.Id]);
            Flag(json, Key("sale"), group.Entries.Any(entry => entry.SaleOrShare));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Entries(Utf8JsonWriter json, string key, IReadOnlyList<TableGroup> groups, bool placeholders)
    {
        json.WriteStartArray(key);
        for (var group = 0; group < groups.Count; group++)
        {
            foreach (var entry in groups[group].Entries)
                Entry(json, entry, group, placeholders && ScriptFeatures.MayHoldFrames(entry));
        }

        json.WriteEndArray();
    }

    private static void Entry(Utf8JsonWriter json, CookieEntry entry, int group, bool frames)
    {
        json.WriteStartObject();
        Strings(json, Key("names"), entry.Names);
        if (entry.Kind != EntryKind.Cookie)
            json.WriteString(Key("kind"), JsonNamingPolicy.CamelCase.ConvertName(entry.Kind.ToString()));
        json.WriteNumber(Key("group"), group);
        json.WriteNumber(Key("seconds"), (long)entry.MaxLife.TotalSeconds);
        if (entry.IsAudience)
            json.WriteString(Key("number"), entry.Number);
        if (entry.Domain is not null)
            json.WriteString(Key("domain"), entry.Domain);
        if (entry.Path is not null)
            json.WriteString(Key("path"), entry.Path);
        Flag(json, Key("partitioned"), entry.Partitioned);
        Flag(json, Key("sale"), entry.SaleOrShare);
        Flag(json, Key("frames"), frames);
        json.WriteEndObject();
    }

    private static string Key(string name) => BuiltScript.NameOf(name);

    // A key, or an escape.
    [GeneratedRegex("""\"(?<key>[A-Za-z_]\w*)\":|\\(u0027|u00A0|.)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();
}
