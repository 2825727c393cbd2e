using Gateway.Cookies;
using Gateway.Script;
using Gateway.Sites;
using Gateway.Texts;

namespace Gateway.Config.Rules;

/// <summary>A banner of the site's own: what is hidden of it, and that its tool believes no more than visitors granted.</summary>
internal static class ExistingBannerRules
{
    private static readonly HashSet<string> WholePage = new(StringComparer.OrdinalIgnoreCase) { "*", "html", ":root", "body" };

    /// <summary>What would mean yes where visitors said no.</summary>
    private static readonly HashSet<string> Yes = new(StringComparer.OrdinalIgnoreCase)
    {
        "true", "1", "yes", "y", "on", "allow", "allowed", "accept", "accepted", "grant", "granted", "agree", "agreed", "enabled", "opt-in",
    };

    /// <summary>Whether the site's scripts are given the visitor's answer under this name.</summary>
    public static bool Answers(SiteConfig site, EntryKind kind, string name) =>
        site.ExistingBanner?.Answers.Any(answer => KindOf(answer) == kind && NamePattern.Covers(name, answer.Name)) == true;

    public static void Check(ExistingBanner banner, SiteConfig site, Diagnostics found)
    {
        for (var i = 0; i < banner.Hide.Count; i++)
        {
            if (banner.Hide[i].Split(',').Any(selector => WholePage.Contains(selector.Trim())))
                found.At("hide", i).Error("existing", banner.Hide[i], "hides the whole page.", "Name the banner's own elements.");
        }

        if (banner.Hide.Count == 0)
        {
            found.At("hide").Warn("W13", null, "is empty: visitors would be asked twice.",
                "Name the elements of the site's banner, such as \"#cookie-banner\".");
        }

        for (var i = 0; i < banner.Answers.Count; i++)
        {
            var answer = banner.Answers[i];
            var at = found.At("answers", i);
            if (banner.Answers.Take(i).Any(other => other.Kind == answer.Kind && other.Name == answer.Name))
                at.At("name").Error("existing", answer.Name, "stands here twice.", "Keep one of the two.");
            CheckRow(answer, site, at.At("name"));
            CheckValue(answer.Value, site, at.At("value"));
        }
    }

    /// <summary>What is not in the table, or for less time, is deleted by the gateway itself.</summary>
    private static void CheckRow(ToolAnswer answer, SiteConfig site, Diagnostics found)
    {
        if (answer.Name.Length == 0)
            return;

        var rows = site.Cookies.Where(entry => entry.Kind == KindOf(answer) && entry.Names.Any(name => NamePattern.Covers(name, answer.Name))).ToList();
        if (answer.Kind == AnswerKind.Cookie && answer.Name == site.ConsentCookie.Name)
        {
            found.Error("existing", answer.Name, "is the gateway's own cookie.", "Give the name of the tool's, or rename the consent cookie.");
        }
        else if (rows.Count == 0)
        {
            found.Error("existing", answer.Name, $"has no row of kind \"{Wording.Camel(answer.Kind.ToString())}\" in the cookie table, so it would be deleted, and visitors not told of it.",
                "Add one: category \"necessary\", \"exemption\": { \"reason\": \"choice\" }.");
        }
        else if (rows.Any(row => row.Exemption is not { Reason: ExemptionReason.Choice }))
        {
            found.Error("V2", answer.Name, "keeps the visitor's choice, but its row in the cookie table says otherwise.",
                "Write there \"category\": \"necessary\" and \"exemption\": { \"reason\": \"choice\" }.");
        }
        else if (answer.Kind == AnswerKind.Cookie && rows.FirstOrDefault(row => (int)row.Duration.Length.TotalDays != site.ConsentCookie.Days) is { } other)
        {
            found.Error("existing", answer.Name, $"is kept as long as the choice, {site.ConsentCookie.Days} days, but its row in the cookie table says \"{other.Duration}\".",
                "Make the two the same.");
        }
    }

    private static void CheckValue(string value, SiteConfig site, Diagnostics found)
    {
        var placeholders = AnswerTemplate.Placeholders(value).ToList();
        if (value.Length > 0 && placeholders.Count == 0)
        {
            found.Warn("existing", value, "is the same whatever visitors decide.",
                "Write {statistics}, or {statistics|yes|no}, where a category's answer belongs.");
        }

        foreach (var placeholder in placeholders.Where(one => !AnswerTemplate.Times.Contains(one.Name)))
            CheckPlaceholder(placeholder, value, site, found);
    }

    private static void CheckPlaceholder(AnswerPlaceholder placeholder, string value, SiteConfig site, Diagnostics found)
    {
        if (placeholder.Name != Category.Audience && !site.Categories.Concat(site.AskedCategories()).Any(category => category.Id == placeholder.Name))
        {
            found.Error("category", value, $"names {{{placeholder.Name}}}, which is not a category of this site.",
                "Add it under \"categories\", or name one of them (or audience, DECIDED, EXPIRES).");
        }
        else if (placeholder.Granted == placeholder.Refused)
        {
            found.Error("existing", value, $"says the same where {placeholder.Name} is granted and where it is refused.",
                $"Write {{{placeholder.Name}|…|…}} with the tool's two words, the one for yes first.");
        }
        else if (Yes.Contains(placeholder.Refused.Trim(' ', '"', '\'', ',')))
        {
            found.Error("existing", value, $"tells the tool that {placeholder.Name} is granted where it is refused.",
                "The word for yes comes first, then the one for no.");
        }
    }

    private static EntryKind KindOf(ToolAnswer answer) => answer.Kind == AnswerKind.Cookie ? EntryKind.Cookie : EntryKind.LocalStorage;
}
