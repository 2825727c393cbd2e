namespace Gateway.Config;

/// <summary>Collects the problems that the rules find. Each instance holds the path of the value that is being validated.</summary>
internal sealed class Diagnostics
{
    private readonly List<Diagnostic> _items;
    private readonly string _path;

    public Diagnostics()
        : this([], "")
    {
    }

    private Diagnostics(List<Diagnostic> items, string path)
    {
        _items = items;
        _path = path;
    }

    /// <summary>The problems of all paths.</summary>
    public IReadOnlyList<Diagnostic> Items => _items;

    /// <summary>The same collection with the path of a key below the current one.</summary>
    public Diagnostics At(string key) => new(_items, _path.Length == 0 ? key : $"{_path}.{key}");

    /// <summary>The same collection with the path of an item of an array.</summary>
    public Diagnostics At(string key, int index) => At($"{key}[{index}]");

    /// <summary>Adds a problem that prevents the configuration from being used.</summary>
    /// <param name="code">The code of the rule.</param>
    /// <param name="value">The configured value; null if it is missing or secret.</param>
    /// <param name="rule">What is wrong, as a continuation of the value.</param>
    /// <param name="remedy">What to do, as a separate sentence.</param>
    public void Error(string code, string? value, string rule, string? remedy = null) =>
        Add(Severity.Error, code, value, rule, remedy);

    /// <summary>Adds a problem that does not prevent the configuration from being used.</summary>
    public void Warn(string code, string? value, string rule, string? remedy = null) =>
        Add(Severity.Warning, code, value, rule, remedy);

    /// <summary>Adds information that only <c>gateway check</c> prints.</summary>
    public void Note(string code, string? value, string rule, string? remedy = null) =>
        Add(Severity.Note, code, value, rule, remedy);

    private void Add(Severity severity, string code, string? value, string rule, string? remedy) => _items.Add(new Diagnostic
    {
        Path = _path,
        Value = value is null ? null : Diagnostic.Quote(value),
        Rule = rule,
        Remedy = remedy,
        Severity = severity,
        Code = code,
    });
}
