using static Gateway.Config.Diagnostic;

namespace Gateway.Config.Reading;

/// <summary>
/// The problems found while reading one file, with the state that later problems need: the position of each path, the paths that are
/// invalid already, and the values that came from the environment and must not be printed.
/// </summary>
internal sealed class DocumentDiagnostics(string file, ReadOnlyMemory<byte> utf8)
{
    /// <summary>Shorter values are not masked: they are no secrets, and would match parts of ordinary words.</summary>
    private const int ShortestSecret = 8;

    private readonly List<Diagnostic> _items = [];
    private readonly HashSet<string> _invalidPaths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _masks = new(StringComparer.Ordinal);

    public SourcePositions Positions { get; } = new(utf8);

    /// <summary>The problems found while reading.</summary>
    public IEnumerable<Diagnostic> Items => _items.Select(Masked);

    /// <summary>Removes all problems.</summary>
    public void Clear() => _items.Clear();

    /// <summary>Adds an error. Later problems at this path or below it are consequences of it and are left out.</summary>
    public void Error(string code, string path, string? value, string rule, string? remedy = null) =>
        Error(code, path, Positions.Of(path), value, rule, remedy);

    /// <summary>Adds an error at an explicit position, for keys that have no path of their own.</summary>
    public void Error(string code, string path, (int Line, int Column) position, string? value, string rule, string? remedy = null)
    {
        _invalidPaths.Add(path);
        _items.Add(new Diagnostic
        {
            File = file,
            Line = position.Line,
            Column = position.Column,
            Path = Clean(path),
            Value = value,
            Rule = rule,
            Remedy = remedy,
            Code = code,
        });
    }

    /// <summary>Adds information that only <c>gateway check</c> prints.</summary>
    public void Note(string code, string path, string value, string rule)
    {
        var (line, column) = Positions.Of(path);
        _items.Add(new Diagnostic
        {
            File = file,
            Line = line,
            Column = column,
            Path = Clean(path),
            Value = value,
            Rule = rule,
            Severity = Severity.Note,
            Code = code,
        });
    }

    /// <summary>Leaves out later problems at this path or below it, because another problem already names it.</summary>
    public void Suppress(string path) => _invalidPaths.Add(path);

    /// <summary>Records a variable whose value is printed as <c>${NAME}</c> from now on.</summary>
    public void AddVariable(string name, string value)
    {
        if (value.Length >= ShortestSecret)
            _masks[value] = $"${{{name}}}";
    }

    /// <summary>Records a string with variables: it is printed as written in the file.</summary>
    public void AddExpansion(string written, string expanded)
    {
        if (written != expanded)
            _masks[Quote(expanded)] = Quote(written);
    }

    /// <summary>Adds positions to the problems that the rules found, and leaves out the consequences of earlier errors.</summary>
    public IEnumerable<Diagnostic> Locate(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics.Where(diagnostic => !IsConsequence(diagnostic.Path)).Select(Located).Select(Masked);

    private Diagnostic Located(Diagnostic diagnostic)
    {
        var (line, column) = Positions.Of(diagnostic.Path);
        return diagnostic with { File = file, Line = line, Column = column };
    }

    private bool IsConsequence(string path)
    {
        for (; path.Length > 0; path = SourcePositions.Parent(path))
        {
            if (_invalidPaths.Contains(path))
                return true;
        }

        return _invalidPaths.Contains("");
    }

    private Diagnostic Masked(Diagnostic diagnostic) => _masks.Count == 0
        ? diagnostic
        : diagnostic with { Value = Masked(diagnostic.Value), Rule = Masked(diagnostic.Rule)!, Remedy = Masked(diagnostic.Remedy) };

    private string? Masked(string? text) => _masks
        .OrderByDescending(mask => mask.Key.Length)
        .Aggregate(text, (masked, mask) => masked?.Replace(mask.Key, mask.Value, StringComparison.Ordinal));
}
