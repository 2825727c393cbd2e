using Gateway.Sites;
using Gateway.Texts;

namespace Gateway.Config.Rules;

/// <summary>Rules for texts that replace those of the gateway. The "Accept all" and "Refuse all" buttons must stay equivalent and unambiguous.</summary>
internal static class OperatorTextRules
{
    private const string Accept = "choice.accept";
    private const string Refuse = "choice.refuse";

    /// <summary>The writing direction is a property of the language and cannot be replaced.</summary>
    private const string Direction = "language.direction";

    public static void Check(SiteConfig site, Diagnostics diagnostics)
    {
        diagnostics = diagnostics.At("texts");
        TextRules.WarnUnused(site.Texts.Keys, site, diagnostics);
        foreach (var (language, texts) in site.Texts.Where(pair => Languages.Supported.Contains(pair.Key)))
        {
            var builtIn = Translations.For(language);
            foreach (var (key, text) in texts)
                CheckText(key, text, builtIn, diagnostics.At(language).At(key));
            CheckButtons(Translations.For(language, site.Texts), texts, diagnostics.At(language));
        }
    }

    private static void CheckText(string key, string text, Translations builtIn, Diagnostics diagnostics)
    {
        var known = builtIn.Keys.Where(one => one != Direction).ToList();
        if (!known.Contains(key))
        {
            diagnostics.Error("text", null, "is not a known text key.",
                Nearest.Of(key, known) is { } nearest ? $"Did you mean \"{nearest}\"?" : "The keys are those of src/Gateway/Texts/texts/en.json.");
        }
        else if (Translations.Placeholders(text) is not { } placeholders || !placeholders.SetEquals(Translations.Placeholders(builtIn[key])!))
        {
            diagnostics.Error("text", text, "does not have the same placeholders as the built-in text.",
                $"The built-in text is: {builtIn[key]}");
        }
    }

    /// <summary>The two buttons must be unambiguous, and neither may be more prominent than the other (CNIL, 12 December 2024).</summary>
    private static void CheckButtons(Translations translations, IReadOnlyDictionary<string, string> texts, Diagnostics diagnostics)
    {
        var (accept, refuse) = (translations[Accept].Trim(), translations[Refuse].Trim());
        var changed = texts.ContainsKey(Refuse) ? Refuse : Accept;
        if (!texts.ContainsKey(changed))
            return;

        if (accept.Equals(refuse, StringComparison.OrdinalIgnoreCase))
        {
            diagnostics.At(changed).Error("V11", translations[changed], "is the label of both buttons.", "Use a different label for each button.");
            return;
        }

        if (!ButtonLabels.AreAlike(accept, refuse))
        {
            diagnostics.At(changed).Error("V11", translations[changed],
                $"makes the lengths of the two buttons too different (\"{accept}\", \"{refuse}\"): one would be more prominent.",
                "Use labels of similar length.");
        }

        CheckLabel(texts.GetValueOrDefault(Accept), ButtonLabels.Accepting(translations.Language), diagnostics.At(Accept));
        CheckLabel(texts.GetValueOrDefault(Refuse), ButtonLabels.Refusing(translations.Language), diagnostics.At(Refuse));
    }

    private static void CheckLabel(string? text, IEnumerable<string> established, Diagnostics diagnostics)
    {
        if (text is not null && !established.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase))
        {
            diagnostics.Warn("W8", text, "is not one of the established labels of this button.",
                $"Use one of: {string.Join(", ", established)}.");
        }
    }
}
