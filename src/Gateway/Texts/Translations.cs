using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Gateway.Texts;

/// <summary>The gateway's own texts in one language, by key; a site's own words may stand in their place.</summary>
internal sealed class Translations
{
    private static readonly FrozenDictionary<string, Lazy<Translations>> All = Languages.Supported.ToFrozenDictionary(
        language => language, language => new Lazy<Translations>(() => Load(language)), StringComparer.Ordinal);

    private readonly FrozenDictionary<string, string> _texts;
    private readonly IReadOnlyDictionary<string, string>? _instead;

    private Translations(string language, FrozenDictionary<string, string> texts, IReadOnlyDictionary<string, string>? instead = null)
    {
        Language = language;
        _texts = texts;
        _instead = instead;
    }

    /// <summary>Code of the language in which these are written.</summary>
    public string Language { get; }

    /// <summary>What stands between the parts of a list.</summary>
    public string Comma => Language == "ar" ? "، " : ", ";

    public IEnumerable<string> Keys => _texts.Keys;

    /// <summary>The phrase as it stands, placeholders included.</summary>
    /// <exception cref="KeyNotFoundException">No such phrase.</exception>
    public string this[string key] => Find(key) ?? throw new KeyNotFoundException($"There is no phrase \"{key}\" in \"{Language}\".");

    /// <summary>Our phrases.</summary>
    /// <param name="language">One of <see cref="Languages.Supported"/>.</param>
    /// <exception cref="KeyNotFoundException">Not one of them: nobody is spoken to in another language than is meant.</exception>
    public static Translations For(string language) => All[language].Value;

    /// <summary>The same with a site's own words (by language and key) in the place of ours.</summary>
    public static Translations For(string language, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> texts) =>
        texts.TryGetValue(language, out var instead) ? new Translations(language, For(language)._texts, instead) : For(language);

    /// <summary>The phrase, or null where there is none.</summary>
    public string? Find(string key) => _instead?.GetValueOrDefault(key) ?? _texts.GetValueOrDefault(key);

    /// <summary>The phrase with <c>{0}</c>, <c>{1}</c> … filled in.</summary>
    public string Format(string key, params ReadOnlySpan<string> values)
    {
        var text = this[key];
        var filled = new StringBuilder();
        foreach (var (literal, hole) in Pieces(text))
            filled.Append(literal).Append(hole is { } number ? values[number] : "");
        return filled.ToString();
    }

    /// <summary>The same as HTML: the phrase is encoded, what is filled in is markup already.</summary>
    public Markup Format(string key, params ReadOnlySpan<Markup> values)
    {
        var filled = new StringBuilder();
        foreach (var (literal, hole) in Pieces(this[key]))
            filled.Append(Markup.Text(literal).Html).Append(hole is { } number ? values[number].Html : "");
        return new Markup(filled.ToString());
    }

    /// <summary>The form of a counted phrase for a number; <c>{0}</c> is the number.</summary>
    public string Count(string key, int number) =>
        Format($"{key}.{Plurals.Of(Language, number)}", number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The placeholders of a text; null where a brace is no part of one.</summary>
    public static IReadOnlySet<string>? Holes(string text)
    {
        var holes = Enumerable.Range(0, 10).Select(number => $"{{{number}}}").Where(text.Contains).ToHashSet();
        return holes.Aggregate(text, (rest, hole) => rest.Replace(hole, "", StringComparison.Ordinal)).AsSpan().ContainsAny('{', '}') ? null : holes;
    }

    private static List<(string Literal, int? Hole)> Pieces(string text)
    {
        var pieces = new List<(string, int?)>();
        var from = 0;
        for (var open = text.IndexOf('{'); open >= 0; open = text.IndexOf('{', from))
        {
            pieces.Add((text[from..open], text[open + 1] - '0'));
            from = open + 3;
        }

        pieces.Add((text[from..], null));
        return pieces;
    }

    private static Translations Load(string language)
    {
        using var file = EmbeddedFile.Open($"{language}.json");
        using var json = JsonDocument.Parse(file);
        return new Translations(language, json.RootElement.EnumerateObject()
            .ToFrozenDictionary(text => text.Name, text => text.Value.GetString()!, StringComparer.Ordinal));
    }
}
