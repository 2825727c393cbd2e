using System.Text.Json;
using System.Text.RegularExpressions;
using Gateway.Script;
using Gateway.Tests.Support;
using Gateway.Texts;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>The checked-in files of <c>assets/dist</c>. The tests need neither a browser nor Node.js.</summary>
public sealed class BuiltScriptTests
{
    private static readonly string[] Parts = ["signals", "audience", "opener", "existing", "api", "google", "parties", "placeholders", "preview", "languages", "quiet"];

    /// <summary>All built scripts.</summary>
    internal static IReadOnlyList<string> Scripts { get; } = ["main.js", "main-with-parts.js", "dialog.js", .. Parts.Select(part => part + ".js")];

    [Fact]
    public void Every_source_of_a_part_is_built_and_every_built_file_has_a_source()
    {
        var assets = Repository.Path("src/Gateway/Script/assets");
        var built = Directory.GetFiles(Path.Combine(assets, "dist")).Select(Path.GetFileName).Order(StringComparer.Ordinal);

        Assert.Equal(Parts.Order(StringComparer.Ordinal), Directory.GetFiles(Path.Combine(assets, "parts")).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
        Assert.Equal(Scripts.Concat(["dialog.css", "frame-page.js", "frame.css", "names.json", "pages.css", "ui.css"]).Order(StringComparer.Ordinal), built);
        Assert.All(Scripts, file => Assert.InRange(BuiltScript.Read(file).Length, 40, 20_000));
    }

    [Fact]
    public void Writing_a_property_that_the_script_does_not_read_throws() =>
        Assert.Contains("\"unread_\"", Assert.Throws<InvalidOperationException>(() => BuiltScript.NameOf("unread")).Message);

    [Fact]
    public void Each_property_has_a_unique_short_name_that_the_scripts_use()
    {
        using var json = JsonDocument.Parse(BuiltScript.Read("names.json"));
        var names = json.RootElement.EnumerateObject().ToDictionary(name => name.Name, name => name.Value.GetString()!);
        var code = string.Concat(Scripts.Select(BuiltScript.Read));

        Assert.Equal(names.Count, names.Values.Distinct().Count());
        Assert.All(names, name => Assert.InRange(name.Value.Length, 1, 2));
        Assert.All(names, name => Assert.Matches($@"(?<![\w$]){Regex.Escape(name.Value)}(?![\w$])", code));
        Assert.All(names, name => Assert.DoesNotMatch($@"\b{name.Key}\b", code));
    }

    [Fact]
    public void Style_sheets_use_only_tokens_that_the_theme_sets()
    {
        var tokens = Regex.Matches(new BannerTheme().ToCss(":root"), @"(--[\w-]+):").Select(match => match.Groups[1].Value).ToHashSet();

        foreach (var sheet in new[] { "ui.css", "dialog.css", "pages.css", "frame.css" })
        {
            var used = Regex.Matches(BuiltScript.Read(sheet), @"var\((--[\w-]+)").Select(match => match.Groups[1].Value).Where(token => token != "--g-pin").ToList();
            Assert.NotEmpty(used);
            Assert.All(used, token => Assert.Contains(token, tokens));
        }
    }
}
