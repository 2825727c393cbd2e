using System.Runtime.CompilerServices;

namespace Gateway.Benchmarks.InBrowser;

internal enum Browsers
{
    Chromium,
    Firefox,
    Both,
}

/// <summary>Collects the figures, prints each one, and writes the table at the end.</summary>
internal sealed class FigureTable
{
    // The heading of the part that is written by hand.
    private const string Explanation = "## What was missed, and why";

    private readonly List<Figure> _figures = [];
    private readonly Dictionary<(Figure, Browsers), string> _cells = [];
    private readonly Dictionary<(Figure, string), string> _peers = [];

    public void Add(Figure figure, string value, Browsers browser = Browsers.Both)
    {
        Console.WriteLine($"{browser}: {figure.Name}: {value}");
        if (!_figures.Contains(figure))
            _figures.Add(figure);
        foreach (var one in browser == Browsers.Both ? new[] { Browsers.Chromium, Browsers.Firefox } : [browser])
            _cells[(figure, one)] = value;
    }

    /// <summary>A figure of another tool, measured in the same rounds in Chromium.</summary>
    public void AddPeer(Figure figure, string peer, string value)
    {
        Console.WriteLine($"{peer}: {figure.Name}: {value}");
        _peers[(figure, peer)] = value;
    }

    /// <summary>Prints the table and, with <c>--write</c>, stores it in BANNER.md. The part at the end, written by hand, is kept.</summary>
    public void Finish(Options options, [CallerFilePath] string here = "")
    {
        var text = $"""
            # Measurements of the banner

            {Report.Machine()} Medians of {options.Rounds} runs. In parentheses: the best of other tools, measured the same way on 2026-11-23.

            | figure | target (best other tool) | Chromium | Firefox |
            |---|---|---|---|
            {string.Join('\n', _figures.Select(figure => $"| {figure.Name} | {figure.Target} | {Cell(figure, Browsers.Chromium)} | {Cell(figure, Browsers.Firefox)} |"))}

            {Peers()}How each figure was measured:

            {string.Join('\n', _figures.Select(figure => $"- **{figure.Name}**: {figure.How}"))}

            """;
        Console.WriteLine(text);
        if (!options.Writes)
            return;
        var file = Path.Combine(Path.GetDirectoryName(here)!, "..", "BANNER.md");
        var before = File.Exists(file) ? File.ReadAllText(file) : "";
        var byHand = before.IndexOf(Explanation, StringComparison.Ordinal) is var at and >= 0 ? "\n" + before[at..] : "";
        File.WriteAllText(file, text.ReplaceLineEndings("\n") + byHand);
    }

    private string Peers()
    {
        var names = _peers.Keys.Select(key => key.Item2).Distinct().ToList();
        return names.Count == 0 ? "" : $"""
            The same figures in Chromium, from the same rounds and the same page, for an empty script and for two consent tools from npm. These tools block nothing:

            | figure | gateway | {string.Join(" | ", names)} |
            |---|---|{string.Concat(names.Select(_ => "---|"))}
            {string.Join('\n', _figures.Where(figure => _peers.ContainsKey((figure, names[0]))).Select(figure => $"| {figure.Name} | {Cell(figure, Browsers.Chromium)} | {string.Join(" | ", names.Select(name => _peers[(figure, name)]))} |"))}


            """;
    }

    private string Cell(Figure figure, Browsers browser) => _cells.GetValueOrDefault((figure, browser), "–");
}
