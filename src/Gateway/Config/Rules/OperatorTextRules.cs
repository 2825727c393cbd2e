using Gateway.Sites;
using Gateway.Texts;

namespace Gateway.Config.Rules;

/// <summary>The operator's words in the place of the gateway's: they say as much, and the two buttons stay equal and plain.</summary>
internal static class OperatorTextRules
{
    private const string Accept = "choice.accept";
    private const string Refuse = "choice.refuse";

    /// <summary>The writing direction is a fact of the language, not wording.</summary>
    private const string Direction = "language.direction";

    public static void Check(SiteConfig site, Diagnostics found)
    {
        found = found.At("texts");
        TextRules.Surplus(site.Texts.Keys, site, found);
        foreach (var (language, texts) in site.Texts.Where(pair => Languages.Supported.Contains(pair.Key)))
        {
            var ours = Translations.For(language);
            foreach (var (key, text) in texts)
                CheckText(key, text, ours, found.At(language).At(key));
            CheckTwins(Translations.For(language, site.Texts), texts, found.At(language));
        }
    }

    private static void CheckText(string key, string text, Translations ours, Diagnostics found)
    {
        var known = ours.Keys.Where(one => one != Direction).ToList();
        if (!known.Contains(key))
        {
            found.Error("text", null, "is no text of the gateway's.",
                Nearest.Of(key, known) is { } meant ? $"Did you mean \"{meant}\"?" : "The keys are those of en.json among the gateway's texts.");
        }
        else if (Translations.Holes(text) is not { } holes || !holes.SetEquals(Translations.Holes(ours[key])!))
        {
            found.Error("text", text, "does not have the same placeholders as the text it replaces, which names and numbers fill.",
                $"That is: {ours[key]}");
        }
    }

    /// <summary>The legal twins: plain words, and neither more prominent than the other (CNIL, 12 December 2024).</summary>
    private static void CheckTwins(Translations phrases, IReadOnlyDictionary<string, string> texts, Diagnostics found)
    {
        var (accept, refuse) = (phrases[Accept].Trim(), phrases[Refuse].Trim());
        var changed = texts.ContainsKey(Refuse) ? Refuse : Accept;
        if (!texts.ContainsKey(changed))
            return;

        if (accept.Equals(refuse, StringComparison.OrdinalIgnoreCase))
        {
            found.At(changed).Error("V11", phrases[changed], "stands on both buttons.", "Say on each what it does.");
            return;
        }

        if (!TwinWording.AreAlike(accept, refuse))
        {
            found.At(changed).Error("V11", phrases[changed],
                $"makes one button much longer than the other (\"{accept}\", \"{refuse}\"): visitors would not see two equal answers.",
                "Write both as short as each other.");
        }

        CheckPlain(texts.GetValueOrDefault(Accept), TwinWording.Accepting(phrases.Language), found.At(Accept));
        CheckPlain(texts.GetValueOrDefault(Refuse), TwinWording.Refusing(phrases.Language), found.At(Refuse));
    }

    private static void CheckPlain(string? text, IEnumerable<string> plain, Diagnostics found)
    {
        if (text is not null && !plain.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase))
        {
            found.Warn("W8", text, "is not one of the plain wordings of this button, which nobody can misread.",
                $"Write one of: {string.Join(", ", plain)}.");
        }
    }
}
