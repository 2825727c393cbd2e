using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Gateway.Banner;

/// <summary>The gateway's own texts in one language, by key.</summary>
internal sealed class Phrases
{
    private static readonly FrozenDictionary<string, Phrases> All =
        Languages.Supported.ToFrozenDictionary(language => language, Load, StringComparer.Ordinal);

    private readonly FrozenDictionary<string, string> _texts;

    private Phrases(string language, FrozenDictionary<string, string> texts)
    {
        Language = language;
        _texts = texts;
    }

    /// <summary>Code of the language in which these are written.</summary>
    public string Language { get; }

    public IEnumerable<string> Keys => _texts.Keys;

    /// <summary>The phrase as it stands, placeholders included.</summary>
    /// <exception cref="KeyNotFoundException">No such phrase.</exception>
    public string this[string key] => _texts[key];

    /// <summary>Phrases of a language of the site; English where there are none for it.</summary>
    public static Phrases For(string language) => All[Languages.Match(Languages.Supported, language) ?? "en"];

    /// <summary>The phrase, or null where there is none.</summary>
    public string? Find(string key) => _texts.GetValueOrDefault(key);

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
        Format($"{key}.{(IsOne(number) ? "one" : "other")}", number.ToString(CultureInfo.InvariantCulture));

    // CLDR plural rules: in French nought is singular as well.
    private bool IsOne(int number) => number == 1 || (number == 0 && Language == "fr");

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

    private static Phrases Load(string language)
    {
        using var file = EmbeddedFile.Open($"{language}.json");
        using var json = JsonDocument.Parse(file);
        return new Phrases(language, json.RootElement.EnumerateObject()
            .ToFrozenDictionary(text => text.Name, text => text.Value.GetString()!, StringComparer.Ordinal));
    }
}
