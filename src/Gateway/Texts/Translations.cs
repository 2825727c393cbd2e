using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Gateway.Texts;

/// <summary>The texts in one language, by key. A site can replace the built-in texts.</summary>
internal sealed class Translations
{
    private static readonly FrozenDictionary<string, Lazy<Translations>> All = Languages.Supported.ToFrozenDictionary(
        language => language, language => new Lazy<Translations>(() => Load(language)), StringComparer.Ordinal);

    private readonly FrozenDictionary<string, string> _texts;
    private readonly IReadOnlyDictionary<string, string>? _replacements;

    private Translations(string language, FrozenDictionary<string, string> texts, IReadOnlyDictionary<string, string>? replacements = null)
    {
        Language = language;
        _texts = texts;
        _replacements = replacements;
    }

    /// <summary>The language code of the texts.</summary>
    public string Language { get; }

    /// <summary>The separator of list items.</summary>
    public string Comma => Language == "ar" ? "، " : ", ";

    public IEnumerable<string> Keys => _texts.Keys;

    /// <summary>The text of a key, with its placeholders.</summary>
    /// <exception cref="KeyNotFoundException">The key does not exist.</exception>
    public string this[string key] => Find(key) ?? throw new KeyNotFoundException($"The text \"{key}\" does not exist in \"{Language}\".");

    /// <summary>The built-in texts.</summary>
    /// <param name="language">One of <see cref="Languages.Supported"/>.</param>
    /// <exception cref="KeyNotFoundException">The language is not supported. There is no fallback to another language.</exception>
    public static Translations For(string language) => All[language].Value;

    /// <summary>The built-in texts with the replacements of a site, which are given by language and key.</summary>
    public static Translations For(string language, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> texts) =>
        texts.TryGetValue(language, out var replacements) ? new Translations(language, For(language)._texts, replacements) : For(language);

    /// <summary>The text of a key; null if the key does not exist.</summary>
    public string? Find(string key) => _replacements?.GetValueOrDefault(key) ?? _texts.GetValueOrDefault(key);

    /// <summary>The text of a key with the values of its placeholders <c>{0}</c>, <c>{1}</c> …</summary>
    public string Format(string key, params ReadOnlySpan<string> values)
    {
        var text = this[key];
        var filled = new StringBuilder();
        foreach (var (literal, index) in Parts(text))
            filled.Append(literal).Append(index is { } i ? values[i] : "");
        return filled.ToString();
    }

    /// <summary>The same as HTML: the text is encoded, and the values are HTML.</summary>
    public HtmlContent Format(string key, params ReadOnlySpan<HtmlContent> values)
    {
        var filled = new StringBuilder();
        foreach (var (literal, index) in Parts(this[key]))
            filled.Append(HtmlContent.Text(literal).Html).Append(index is { } i ? values[i].Html : "");
        return new HtmlContent(filled.ToString());
    }

    /// <summary>The plural form of a text for a number, which is the value of <c>{0}</c>.</summary>
    public string Count(string key, int number) =>
        Format($"{key}.{Plurals.Of(Language, number)}", number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The placeholders of a text; null if it contains a brace that is not part of a placeholder.</summary>
    public static IReadOnlySet<string>? Placeholders(string text)
    {
        var placeholders = Enumerable.Range(0, 10).Select(number => $"{{{number}}}").Where(text.Contains).ToHashSet();
        return placeholders.Aggregate(text, (rest, placeholder) => rest.Replace(placeholder, "", StringComparison.Ordinal)).AsSpan().ContainsAny('{', '}') ? null : placeholders;
    }

    private static List<(string Literal, int? Index)> Parts(string text)
    {
        var parts = new List<(string, int?)>();
        var from = 0;
        for (var open = text.IndexOf('{'); open >= 0; open = text.IndexOf('{', from))
        {
            parts.Add((text[from..open], text[open + 1] - '0'));
            from = open + 3;
        }

        parts.Add((text[from..], null));
        return parts;
    }

    private static Translations Load(string language)
    {
        using var file = EmbeddedFile.Open($"{language}.json");
        using var json = JsonDocument.Parse(file);
        return new Translations(language, json.RootElement.EnumerateObject()
            .ToFrozenDictionary(text => text.Name, text => text.Value.GetString()!, StringComparer.Ordinal));
    }
}
