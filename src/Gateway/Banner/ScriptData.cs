using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Gateway.Cookies;

namespace Gateway.Banner;

/// <summary>
/// What the script is told of its site: the table, and all words ready to show in the site's first languages, with where to find the rest.
/// JSON, and an expression of JavaScript as well, harmless even inside HTML (no <c>&lt;</c>, no U+2028).
/// </summary>
internal static class ScriptData
{
    private static readonly JavaScriptEncoder Harmless = JavaScriptEncoder.Create(UnicodeRanges.All);

    /// <param name="modules">Of the languages whose texts are files of their own.</param>
    public static string Write(SiteNotice notice, IReadOnlyDictionary<string, HashedFile> modules) => Json(json =>
    {
        var groups = TableGroup.Of(notice, notice.Languages[0]);
        json.WriteStartObject();
        json.WriteString("prefix", notice.Prefix);
        json.WriteString("cookie", notice.Rules.Cookie.Name);
        json.WriteNumber("days", notice.Rules.Cookie.Days);
        json.WriteNumber("audienceDays", (int)Duration.ThirteenMonths.Length.TotalDays);
        json.WriteBoolean("observes", notice.Observes);
        json.WriteBoolean("choice", notice.Rules.HasChoice);
        json.WriteBoolean("top", notice.Banner.Position == BannerPosition.Top);
        json.WriteBoolean("right", notice.Banner.Control == ControlCorner.Right);
        json.WriteString("language", notice.Languages[0]);
        if (notice.PageLanguages.Places.Count > 0)
            Pages(json, notice.PageLanguages);
        if (notice.ExistingBanner is { } existing)
            Existing(json, existing);
        Signals(json, notice.Signals);
        Groups(json, groups, notice);
        Entries(json, groups);
        json.WriteStartObject("texts");
        foreach (var language in notice.Languages)
        {
            json.WritePropertyName(language);
            if (modules.TryGetValue(language, out var module))
                json.WriteStringValue(module.Hash);
            else
                ScriptTexts.Write(json, notice, language);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>The words in one language alone.</summary>
    public static string Texts(SiteNotice notice, string language) => Json(json => ScriptTexts.Write(json, notice, language));

    private static string Json(Action<Utf8JsonWriter> write)
    {
        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new() { Encoder = Harmless }))
            write(json);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void Pages(Utf8JsonWriter json, PageLanguages pages)
    {
        json.WriteStartArray("pages");
        foreach (var (place, language) in pages.Places)
        {
            json.WriteStartArray();
            json.WriteStringValue(place);
            json.WriteStringValue(language);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void Existing(Utf8JsonWriter json, ExistingBanner existing)
    {
        json.WriteStartObject("existing");
        json.WriteStartArray("hide");
        foreach (var selector in existing.Hide)
            json.WriteStringValue(selector);
        json.WriteEndArray();
        json.WriteBoolean("unlock", existing.Unlock);
        json.WriteStartArray("answers");
        foreach (var answer in existing.Answers)
        {
            json.WriteStartObject();
            json.WriteString("kind", Wording.Camel(answer.Kind.ToString()));
            json.WriteString("name", answer.Name);
            json.WriteString("value", answer.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Signals(Utf8JsonWriter json, SignalOptions signals)
    {
        if (signals.ScriptApi is { } name)
            json.WriteString("api", name);
        if (!signals.GoogleConsentMode.IsOn)
            return;

        json.WriteStartObject("google");
        foreach (var (type, category) in signals.GoogleConsentMode.Types)
            json.WriteString(type, category);
        json.WriteEndObject();
    }

    // A group with a version is one for which consent is asked.
    private static void Groups(Utf8JsonWriter json, IReadOnlyList<TableGroup> groups, SiteNotice notice)
    {
        json.WriteStartArray("groups");
        foreach (var group in groups)
        {
            json.WriteStartObject();
            json.WriteString("id", group.Id);
            if (group.Basis == GroupBasis.Consent)
                json.WriteString("version", notice.Rules.Versions[group.Id]);
            if (group.Entries.Any(entry => entry.SaleOrShare))
                json.WriteBoolean("sale", true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Entries(Utf8JsonWriter json, IReadOnlyList<TableGroup> groups)
    {
        json.WriteStartArray("entries");
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
        json.WriteNumber("group", group);
        json.WriteString("kind", Wording.Camel(entry.Kind.ToString()));
        json.WriteStartArray("names");
        foreach (var name in entry.Names)
            json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteString("provider", entry.Provider);
        json.WriteNumber("seconds", (long)entry.MaxLife.TotalSeconds);
        if (entry.IsAudience)
            json.WriteString("number", EntryNumber.Of(entry));
        if (entry.Domain is not null)
            json.WriteString("domain", entry.Domain);
        if (entry.Path is not null)
            json.WriteString("path", entry.Path);
        if (entry.Partitioned)
            json.WriteBoolean("partitioned", true);
        if (entry.SaleOrShare)
            json.WriteBoolean("sale", true);
        json.WriteEndObject();
    }
}
