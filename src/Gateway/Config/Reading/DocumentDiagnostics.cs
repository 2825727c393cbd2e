using static Gateway.Config.Diagnostic;

namespace Gateway.Config.Reading;

/// <summary>
/// What reading one file brought to light: its problems, where each path stands, which paths are broken, and which values
/// came from the environment and must not be printed.
/// </summary>
internal sealed class DocumentDiagnostics(string file, ReadOnlyMemory<byte> utf8)
{
    /// <summary>Shorter values are no secrets, and would be found in innocent words.</summary>
    private const int ShortestSecret = 8;

    private readonly List<Diagnostic> _problems = [];
    private readonly HashSet<string> _broken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _masks = new(StringComparer.Ordinal);

    public SourcePositions Positions { get; } = new(utf8);

    /// <summary>Forgets every problem so far.</summary>
    public void Forget() => _problems.Clear();

    /// <summary>Notes a problem of shape; what the validator later finds at or under this path is its echo.</summary>
    public void Broken(string code, string path, string? value, string rule, string? remedy = null) =>
        Broken(code, path, Positions.Of(path), value, rule, remedy);

    /// <summary>As above, at a place of its own (an unknown key stands where no path does).</summary>
    public void Broken(string code, string path, (int Line, int Column) place, string? value, string rule, string? remedy = null)
    {
        _broken.Add(path);
        _problems.Add(new Diagnostic
        {
            File = file,
            Line = place.Line,
            Column = place.Column,
            Path = Clean(path),
            Value = value,
            Rule = rule,
            Remedy = remedy,
            Code = code,
        });
    }

    /// <summary>A key that is absent but was named in another problem: what the validator says of it is an echo too.</summary>
    public void Silence(string path) => _broken.Add(path);

    /// <summary>A variable that was read.</summary>
    public void Used(string name, string value)
    {
        if (value.Length >= ShortestSecret)
            _masks[value] = $"${{{name}}}";
    }

    /// <summary>A text that was put together with variables: it is always printed as it stands in the file.</summary>
    public void Expanded(string written, string expanded)
    {
        if (written != expanded)
            _masks[Quote(expanded)] = Quote(written);
    }

    /// <summary>The problems of shape.</summary>
    public IEnumerable<Diagnostic> Problems => _problems.Select(Masked);

    /// <summary>The problems of a validator that are no echo of those of shape, with their places.</summary>
    public IEnumerable<Diagnostic> Place(IEnumerable<Diagnostic> validators) =>
        validators.Where(problem => !IsEcho(problem.Path)).Select(Placed).Select(Masked);

    private Diagnostic Placed(Diagnostic problem)
    {
        var (line, column) = Positions.Of(problem.Path);
        return problem with { File = file, Line = line, Column = column };
    }

    private bool IsEcho(string path)
    {
        for (; path.Length > 0; path = SourcePositions.Parent(path))
        {
            if (_broken.Contains(path))
                return true;
        }

        return _broken.Contains("");
    }

    private Diagnostic Masked(Diagnostic problem) => _masks.Count == 0
        ? problem
        : problem with { Value = Masked(problem.Value), Rule = Masked(problem.Rule)!, Remedy = Masked(problem.Remedy) };

    private string? Masked(string? text) => _masks
        .OrderByDescending(mask => mask.Key.Length)
        .Aggregate(text, (masked, mask) => masked?.Replace(mask.Key, mask.Value, StringComparison.Ordinal));
}
