using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Gateway.Cookies;
using Gateway.Texts;

namespace Gateway.Script;

/// <summary>
/// What the script is told of its site: the table, and all words ready to show in the site's first languages, with where to find the rest.
/// JSON, and an expression of JavaScript as well, harmless even inside HTML (no <c>&lt;</c>, no U+2028).
/// </summary>
internal static class ScriptData
{
    private static readonly JavaScriptEncoder Harmless = JavaScriptEncoder.Create(UnicodeRanges.All);

    /// <param name="modules">Of the languages whose texts are files of their own.</param>
    /// <param name="key">What the script calls a property of the whole or of the words of a language.</param>
    public static string Write(SiteNotice notice, IReadOnlyDictionary<string, HashedFile> modules, Func<string, string> key) => Json(json =>
    {
        var groups = TableGroup.Of(notice, notice.Languages[0]);
        json.WriteStartObject();
        json.WriteString(key("prefix"), notice.Prefix);
        json.WriteString(key("cookie"), notice.Rules.Cookie.Name);
        json.WriteNumber(key("days"), notice.Rules.Cookie.Days);
        if (notice.Entries.Any(entry => entry.IsAudience))
            json.WriteNumber(key("audienceDays"), (int)Duration.ThirteenMonths.Length.TotalDays);
        Flag(json, key("observes"), notice.Observes);
        Flag(json, key("choice"), notice.Rules.HasChoice);
        json.WriteString(key("place"), notice.Banner.Position switch { BannerPosition.Bottom => "low", BannerPosition.Top => "high", _ => "" });
        Flag(json, key("bare"), notice.Banner.Control == ControlCorner.None);
        if (notice.Banner.Opener is { } opener)
            json.WriteString(key("opener"), opener);
        json.WriteString(key("language"), notice.Languages[0]);
        if (notice.PageLanguages.Scopes.Count > 0)
            Pages(json, key("pages"), notice.PageLanguages);
        if (notice.ExistingBanner is { } existing)
            Existing(json, key("existing"), existing);
        if (notice.Signals.ScriptApi is { } name)
            json.WriteString(key("api"), name);
        if (notice.Signals.GoogleConsentMode is { IsOn: true } google)
            Google(json, key("google"), google);
        Groups(json, key("groups"), groups, notice);
        Entries(json, key("entries"), groups);
        json.WriteStartObject(key("texts"));
        // No page's language is the name of something that every object has.
        json.WriteNull("__proto__");
        foreach (var language in notice.Languages)
        {
            json.WritePropertyName(language);
            if (modules.TryGetValue(language, out var module))
                json.WriteStringValue(module.Hash);
            else
                ScriptTexts.Write(json, notice, language, key);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>The words in one language alone.</summary>
    public static string Texts(SiteNotice notice, string language, Func<string, string> key) => Json(json => ScriptTexts.Write(json, notice, language, key));

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
        json.WriteStartArray("hide");
        foreach (var selector in existing.Hide)
            json.WriteStringValue(selector);
        json.WriteEndArray();
        Flag(json, "unlock", existing.Unlock);
        json.WriteStartArray("answers");
        foreach (var answer in existing.Answers)
        {
            json.WriteStartObject();
            json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(answer.Kind.ToString()));
            json.WriteString("name", answer.Name);
            json.WriteString("value", answer.Value);
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
            json.WriteString("id", group.Id);
            if (group.Basis == GroupBasis.Consent)
                json.WriteString("version", notice.Rules.Versions[group.Id]);
            Flag(json, "sale", group.Entries.Any(entry => entry.SaleOrShare));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Entries(Utf8JsonWriter json, string key, IReadOnlyList<TableGroup> groups)
    {
        json.WriteStartArray(key);
        for (var group = 0; group < groups.Count; group++)
        {
            foreach (var entry in groups[group].Entries)
                Entry(json, entry, group);
        }

        json.WriteEndArray();
    }

    private static void Entry(Utf8JsonWriter json, CookieEntry entry, int group)
    {
        json.WriteStartObject();
        json.WriteStartArray("names");
        foreach (var name in entry.Names)
            json.WriteStringValue(name);
        json.WriteEndArray();
        if (entry.Kind != EntryKind.Cookie)
            json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(entry.Kind.ToString()));
        json.WriteString("provider", entry.Provider);
        json.WriteNumber("group", group);
        json.WriteNumber("seconds", (long)entry.MaxLife.TotalSeconds);
        if (entry.IsAudience)
            json.WriteString("number", EntryNumber.Of(entry));
        if (entry.Domain is not null)
            json.WriteString("domain", entry.Domain);
        if (entry.Path is not null)
            json.WriteString("path", entry.Path);
        Flag(json, "partitioned", entry.Partitioned);
        Flag(json, "sale", entry.SaleOrShare);
        json.WriteEndObject();
    }
}
