using System.Text.Encodings.Web;
using System.Text.Json;
using Gateway.Cookies;
using Gateway.Texts;

namespace Gateway.Pages;

/// <summary>
/// The policy as UTF-8 JSON. Texts are objects by language code, and unknown facts are absent:
/// <code>
/// { "version", "date", "hosts": [],
///   "controller": { "name", "address", "contact", "dataProtectionOfficer", "privacyNotice", "authority": { "name", "url" } },
///   "loadsThirdParties": true,                                     only if third parties are loaded without consent
///   "excludedPages": [],                                          only if there are pages whose scripts are not held back
///   "choice": { "url", "cookie", "days", "domain" },              only if visitors have a choice
///   "categories": [ { "id", "basis": "necessary" | "audience" | "consent", "title": {}, "description": {} } ],
///   "entries": [ { "kind": "cookie" | "localStorage" | "sessionStorage" | "host" | "path", "names": [], "provider", "privacyPolicy", "country",
///       "transferBasis": {}, "function": {}, "location": {}, "purpose": {}, "duration", "category", "party": "first" | "third",
///       "domain", "path", "saleOrShare": true,
///       "exemption": { "reason", "attestedBy", "attestedOn", "dataRetention" } } ] }
/// </code>
/// </summary>
internal static class PolicyJson
{
    public static byte[] Write(SiteNotice notice, IReadOnlyList<string> languages, string version)
    {
        var bytes = new MemoryStream();
        // The relaxed encoder is safe: the document is served as JSON, never inside HTML.
        using (var json = new Utf8JsonWriter(bytes, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            var facts = new PolicyFacts(notice);
            json.WriteStartObject();
            json.WriteString("version", version);
            json.WriteString("date", facts.Date.ToString("O"));
            Strings(json, "hosts", notice.Hosts);
            Controller(json, notice.Controller);
            if (notice.LoadsThirdParties)
                json.WriteBoolean("loadsThirdParties", true);
            if (notice.Excluded.Count > 0)
                Strings(json, "excludedPages", notice.Excluded);
            if (facts.Choice)
                Choice(json, notice);
            Categories(json, notice, languages);
            json.WriteStartArray("entries");
            foreach (var group in TableGroup.Of(notice, languages[0]))
            {
                foreach (var entry in group.Entries)
                    Entry(json, entry, group.Id, languages);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void Controller(Utf8JsonWriter json, Controller controller)
    {
        json.WriteStartObject("controller");
        json.WriteString("name", controller.Name);
        Optional(json, "address", controller.Address);
        Optional(json, "contact", controller.Contact);
        Optional(json, "dataProtectionOfficer", controller.DataProtectionOfficer);
        Optional(json, "privacyNotice", controller.PrivacyNotice);
        json.WriteStartObject("authority");
        json.WriteString("name", controller.Authority.Name);
        json.WriteString("url", controller.Authority.Url);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Choice(Utf8JsonWriter json, SiteNotice notice)
    {
        json.WriteStartObject("choice");
        json.WriteString("url", $"{notice.Prefix}/");
        json.WriteString("cookie", notice.Rules.Cookie.Name);
        json.WriteNumber("days", notice.Rules.Cookie.Days);
        Optional(json, "domain", notice.Rules.Cookie.Domain);
        json.WriteEndObject();
    }

    private static void Categories(Utf8JsonWriter json, SiteNotice notice, IReadOnlyList<string> languages)
    {
        var byLanguage = languages.Select(language => TableGroup.Of(notice, language)).ToList();
        json.WriteStartArray("categories");
        for (var i = 0; i < byLanguage[0].Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("id", byLanguage[0][i].Id);
            json.WriteString("basis", JsonNamingPolicy.CamelCase.ConvertName(byLanguage[0][i].Basis.ToString()));
            Each(json, "title", languages, language => byLanguage[language][i].Title);
            Each(json, "description", languages, language => byLanguage[language][i].Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Entry(Utf8JsonWriter json, CookieEntry entry, string category, IReadOnlyList<string> languages)
    {
        json.WriteStartObject();
        json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(entry.Kind.ToString()));
        Strings(json, "names", entry.Names);
        json.WriteString("provider", entry.Provider);
        Optional(json, "privacyPolicy", entry.PrivacyPolicy);
        Optional(json, "country", entry.Country);
        Text(json, "transferBasis", entry.TransferBasis, languages);
        Text(json, "function", entry.Function, languages);
        Text(json, "location", entry.Location, languages);
        Text(json, "purpose", entry.Purpose, languages);
        json.WriteString("duration", entry.Duration.ToString());
        json.WriteString("category", category);
        json.WriteString("party", JsonNamingPolicy.CamelCase.ConvertName(entry.Party.ToString()));
        Optional(json, "domain", entry.Domain);
        Optional(json, "path", entry.Path);
        if (entry.SaleOrShare)
            json.WriteBoolean("saleOrShare", true);
        if (entry.Exemption is { } exemption)
            Exemption(json, exemption);
        json.WriteEndObject();
    }

    private static void Exemption(Utf8JsonWriter json, Exemption exemption)
    {
        json.WriteStartObject("exemption");
        json.WriteString("reason", JsonNamingPolicy.CamelCase.ConvertName(exemption.Reason.ToString()));
        if (exemption.Attestation is { } attestation)
        {
            Optional(json, "attestedBy", attestation.PublishAttestedBy ? attestation.AttestedBy : null);
            Optional(json, "attestedOn", attestation.AttestedOn?.ToString("O"));
            json.WriteString("dataRetention", attestation.DataRetention.ToString());
        }

        json.WriteEndObject();
    }

    private static void Text(
        Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> texts, IReadOnlyList<string> languages)
    {
        if (texts.Count > 0)
            Each(json, name, languages, language => texts.In(languages[language]));
    }

    private static void Each(Utf8JsonWriter json, string name, IReadOnlyList<string> languages, Func<int, string> text)
    {
        json.WriteStartObject(name);
        for (var i = 0; i < languages.Count; i++)
            json.WriteString(languages[i], text(i));
        json.WriteEndObject();
    }

    private static void Strings(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            json.WriteString(name, value);
    }
}
