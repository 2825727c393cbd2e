namespace Gateway.Config;

/// <summary>Collects what the validators find; each holds the path at which its validator looks.</summary>
internal sealed class Diagnostics
{
    private readonly List<Diagnostic> _problems;
    private readonly string _path;

    public Diagnostics()
        : this([], "")
    {
    }

    private Diagnostics(List<Diagnostic> problems, string path)
    {
        _problems = problems;
        _path = path;
    }

    /// <summary>All of them, wherever they were found.</summary>
    public IReadOnlyList<Diagnostic> Problems => _problems;

    /// <summary>The same collection, one key deeper.</summary>
    public Diagnostics At(string key) => new(_problems, _path.Length == 0 ? key : $"{_path}.{key}");

    /// <summary>The same collection, at one item of a list.</summary>
    public Diagnostics At(string key, int index) => At($"{key}[{index}]");

    /// <param name="code">Of the rule.</param>
    /// <param name="value">As configured, or null where it is missing or secret.</param>
    /// <param name="rule">Goes on from the value.</param>
    /// <param name="remedy">A sentence of its own.</param>
    public void Error(string code, string? value, string rule, string? remedy = null) =>
        Add(Severity.Error, code, value, rule, remedy);

    /// <summary>As <see cref="Error"/>, for what does not stop the gateway.</summary>
    public void Warn(string code, string? value, string rule, string? remedy = null) =>
        Add(Severity.Warning, code, value, rule, remedy);

    /// <summary>As <see cref="Error"/>, for what is only good to know.</summary>
    public void Note(string code, string? value, string rule, string? remedy = null) =>
        Add(Severity.Note, code, value, rule, remedy);

    private void Add(Severity severity, string code, string? value, string rule, string? remedy) => _problems.Add(new Diagnostic
    {
        Path = _path,
        Value = value is null ? null : Diagnostic.Quote(value),
        Rule = rule,
        Remedy = remedy,
        Severity = severity,
        Code = code,
    });
}
