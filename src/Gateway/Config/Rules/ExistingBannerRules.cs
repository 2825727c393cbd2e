using System.Text.Json;
using Gateway.Cookies;
using Gateway.Script;
using Gateway.Sites;
using Gateway.Texts;

namespace Gateway.Config.Rules;

/// <summary>Rules for the consent banner of the site itself: its hidden elements, and the answers that its scripts receive.</summary>
internal static class ExistingBannerRules
{
    private static readonly HashSet<string> WholePage = new(StringComparer.OrdinalIgnoreCase) { "*", "html", ":root", "body" };

    /// <summary>Words that consent tools read as consent.</summary>
    private static readonly HashSet<string> ConsentWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "true", "1", "yes", "y", "on", "allow", "allowed", "accept", "accepted", "grant", "granted", "agree", "agreed", "enabled", "opt-in",
    };

    /// <summary>Whether the gateway writes the visitor's answer under this name for the scripts of the site.</summary>
    public static bool Answers(SiteConfig site, EntryKind kind, string name) =>
        site.ExistingBanner?.Answers.Any(answer => KindOf(answer) == kind && NamePattern.Covers(name, answer.Name)) == true;

    public static void Check(ExistingBanner banner, SiteConfig site, Diagnostics diagnostics)
    {
        for (var i = 0; i < banner.Hide.Count; i++)
        {
            if (banner.Hide[i].Split(',').Any(selector => WholePage.Contains(selector.Trim())))
                diagnostics.At("hide", i).Error("existing", banner.Hide[i], "hides the whole page.", "Select only the elements of the banner.");
        }

        if (banner.Hide.Count == 0)
        {
            diagnostics.At("hide").Warn("W13", null, "is empty: visitors would be asked twice.",
                "Select the elements of the banner, such as \"#cookie-banner\".");
        }

        for (var i = 0; i < banner.Answers.Count; i++)
        {
            var answer = banner.Answers[i];
            var at = diagnostics.At("answers", i);
            if (banner.Answers.Take(i).Any(other => other.Kind == answer.Kind && other.Name == answer.Name))
                at.At("name").Error("existing", answer.Name, "is a duplicate.", "Remove one of the two.");
            CheckRow(answer, site, at.At("name"));
            CheckValue(answer.Value, site, at.At("value"));
        }
    }

    /// <summary>The gateway deletes an answer that has no row in the table, or a row with a shorter duration.</summary>
    private static void CheckRow(ToolAnswer answer, SiteConfig site, Diagnostics diagnostics)
    {
        if (answer.Name.Length == 0)
            return;

        var rows = site.Cookies.Where(entry => entry.Kind == KindOf(answer) && entry.Names.Any(name => NamePattern.Covers(name, answer.Name))).ToList();
        if (answer.Kind == AnswerKind.Cookie && answer.Name == site.ConsentCookie.Name)
        {
            diagnostics.Error("existing", answer.Name, "is the consent cookie of the gateway.", "Specify the cookie of the tool, or rename the consent cookie.");
        }
        else if (rows.Count == 0)
        {
            diagnostics.Error("existing", answer.Name, $"has no row of kind \"{JsonNamingPolicy.CamelCase.ConvertName(answer.Kind.ToString())}\" in the cookie table: it would be deleted, and the policy would not list it.",
                "Add a row with the category \"necessary\" and the exemption reason \"choice\".");
        }
        else if (rows.Any(row => row.Exemption is not { Reason: ExemptionReason.Choice }))
        {
            diagnostics.Error("V2", answer.Name, "stores the visitor's choice, but its row in the cookie table has a different reason.",
                "Use the category \"necessary\" and the exemption reason \"choice\" in the row.");
        }
        else if (answer.Kind == AnswerKind.Cookie && rows.FirstOrDefault(row => (int)row.Duration.Length.TotalDays != site.ConsentCookie.Days) is { } other)
        {
            diagnostics.Error("existing", answer.Name, $"is kept as long as the choice ({site.ConsentCookie.Days} days), but the duration of its row in the cookie table is \"{other.Duration}\".",
                "Use the same duration for both.");
        }
    }

    private static void CheckValue(string value, SiteConfig site, Diagnostics diagnostics)
    {
        var placeholders = AnswerTemplate.Placeholders(value).ToList();
        if (value.Length > 0 && placeholders.Count == 0)
        {
            diagnostics.Warn("existing", value, "does not depend on the visitor's choice.",
                "Insert a placeholder such as {statistics} or {statistics|yes|no} for each category.");
        }

        foreach (var placeholder in placeholders.Where(one => !AnswerTemplate.Times.Contains(one.Name)))
            CheckPlaceholder(placeholder, value, site, diagnostics);
    }

    private static void CheckPlaceholder(AnswerPlaceholder placeholder, string value, SiteConfig site, Diagnostics diagnostics)
    {
        if (placeholder.Name != Category.Audience && !site.Categories.Concat(site.AskedCategories()).Any(category => category.Id == placeholder.Name))
        {
            diagnostics.Error("category", value, $"contains {{{placeholder.Name}}}, which is not a category of this site.",
                "Add it under \"categories\", or use one of the categories, audience, DECIDED or EXPIRES.");
        }
        else if (placeholder.Granted == placeholder.Refused)
        {
            diagnostics.Error("existing", value, $"is the same whether {placeholder.Name} is granted or refused.",
                $"Use {{{placeholder.Name}|…|…}} with the two values of the tool, the value for consent first.");
        }
        else if (ConsentWords.Contains(placeholder.Refused.Trim(' ', '"', '\'', ',')))
        {
            diagnostics.Error("existing", value, $"reports consent to {placeholder.Name} when it is refused.",
                "Write the value for consent first, then the value for refusal.");
        }
    }

    private static EntryKind KindOf(ToolAnswer answer) => answer.Kind == AnswerKind.Cookie ? EntryKind.Cookie : EntryKind.LocalStorage;
}
