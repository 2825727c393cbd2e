using System.Runtime.CompilerServices;

namespace Gateway.Benchmarks.InBrowser;

internal enum Browsers
{
    Chromium,
    Firefox,
    Both,
}

/// <summary>The table as it is filled, printed line by line and written at the end.</summary>
internal sealed class FigureTable
{
    private readonly List<Figure> _figures = [];
    private readonly Dictionary<(Figure, Browsers), string> _cells = [];

    public void Add(Figure figure, string value, Browsers browser = Browsers.Both)
    {
        Console.WriteLine($"{browser}: {figure.Name}: {value}");
        if (!_figures.Contains(figure))
            _figures.Add(figure);
        foreach (var one in browser == Browsers.Both ? new[] { Browsers.Chromium, Browsers.Firefox } : [browser])
            _cells[(figure, one)] = value;
    }

    /// <summary>Prints it whole, and writes BANNER.md where the options say so.</summary>
    public void Finish(Options options, [CallerFilePath] string here = "")
    {
        var text = $"""
            # The banner, measured

            {Report.Machine()} Medians of {options.Rounds} runs. Best peers as measured on 2026-11-23 in the same way, in brackets.

            | figure | target (best peer) | Chromium | Firefox |
            |---|---|---|---|
            {string.Join('\n', _figures.Select(figure => $"| {figure.Name} | {figure.Target} | {Cell(figure, Browsers.Chromium)} | {Cell(figure, Browsers.Firefox)} |"))}

            How each was measured:

            {string.Join('\n', _figures.Select(figure => $"- **{figure.Name}**: {figure.How}"))}

            """;
        Console.WriteLine(text);
        if (options.Writes)
            File.WriteAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "BANNER.md"), text.ReplaceLineEndings("\n"));
    }

    private string Cell(Figure figure, Browsers browser) => _cells.GetValueOrDefault((figure, browser), "–");
}
