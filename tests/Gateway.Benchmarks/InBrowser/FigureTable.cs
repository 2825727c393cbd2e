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
    // The heading under which it stands.
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

    /// <summary>What a peer took in the same rounds, in Chromium.</summary>
    public void AddPeer(Figure figure, string peer, string value)
    {
        Console.WriteLine($"{peer}: {figure.Name}: {value}");
        _peers[(figure, peer)] = value;
    }

    /// <summary>Prints it whole, and writes BANNER.md where the options say so; what was written there by hand, at the end, stays.</summary>
    public void Finish(Options options, [CallerFilePath] string here = "")
    {
        var text = $"""
            # The banner, measured

            {Report.Machine()} Medians of {options.Rounds} runs. Best peers as measured on 2026-11-23 in the same way, in brackets.

            | figure | target (best peer) | Chromium | Firefox |
            |---|---|---|---|
            {string.Join('\n', _figures.Select(figure => $"| {figure.Name} | {figure.Target} | {Cell(figure, Browsers.Chromium)} | {Cell(figure, Browsers.Firefox)} |"))}

            {Peers()}How each was measured:

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
            The same in the same rounds on the same page in Chromium, for a script that is empty, and for consent tools from npm, which guard nothing:

            | figure | gateway | {string.Join(" | ", names)} |
            |---|---|{string.Concat(names.Select(_ => "---|"))}
            {string.Join('\n', _figures.Where(figure => _peers.ContainsKey((figure, names[0]))).Select(figure => $"| {figure.Name} | {Cell(figure, Browsers.Chromium)} | {string.Join(" | ", names.Select(name => _peers[(figure, name)]))} |"))}


            """;
    }

    private string Cell(Figure figure, Browsers browser) => _cells.GetValueOrDefault((figure, browser), "–");
}
