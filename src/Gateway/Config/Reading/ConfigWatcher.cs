namespace Gateway.Config.Reading;

/// <summary>
/// Polls the content of the files every two seconds and applies changes. Names and dates are not enough to notice a swapped ConfigMap.
/// An invalid file is reported once and keeps its previous content; the other files are applied.
/// </summary>
internal sealed class ConfigWatcher
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly ConfigLoader _loader;
    private readonly GatewayConfig _started;
    private readonly Dictionary<string, string> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LoadedFile> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _reported = new(StringComparer.Ordinal);
    private HashSet<(string File, string Path, string? Value, string Rule)> _warned;
    private SortedDictionary<string, LoadedFile> _current = new(StringComparer.Ordinal);

    /// <param name="path">The path of a file or a folder.</param>
    /// <param name="loaded">The configuration that the gateway was started with.</param>
    /// <param name="time">The clock and the timer.</param>
    /// <param name="environment">Returns the value of an environment variable; null if it is not set.</param>
    public ConfigWatcher(string path, LoadedConfig loaded, TimeProvider time, Func<string, string?> environment)
    {
        _path = path;
        _time = time;
        _loader = new ConfigLoader(environment, time);
        _started = loaded.Config;
        _warned = [.. loaded.Warnings.Select(Key)];
        foreach (var file in loaded.Files)
            _seen[file.Name] = file.Hash;
        foreach (var file in loaded.Files.Where(file => file.IsValid))
            _current[file.Name] = file;
    }

    /// <summary>Watches until it is cancelled, and then returns without an exception.</summary>
    /// <param name="onChange">Applies a new configuration; receives the warnings that the previous configuration did not have.</param>
    /// <param name="onProblems">Reports why a change is not applied.</param>
    /// <param name="stop">Stops the watch.</param>
    public async Task RunAsync(
        Func<GatewayConfig, IReadOnlyList<Diagnostic>, Task> onChange,
        Action<IReadOnlyList<Diagnostic>> onProblems,
        CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                await CheckAsync(onChange, onProblems);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    /// <summary>Checks the files once.</summary>
    internal async Task CheckAsync(
        Func<GatewayConfig, IReadOnlyList<Diagnostic>, Task> onChange,
        Action<IReadOnlyList<Diagnostic>> onProblems)
    {
        try
        {
            if (Check(onProblems) is var (config, warnings))
                await onChange(config, warnings);
        }
        catch (Exception error)
        {
            // The watch must survive an exception of a callback, or a corrected file would never be read.
            Notify(onProblems, [new Diagnostic { File = _path, Rule = $"could not be applied: {error.Message}", Code = "file" }]);
        }
    }

    private (GatewayConfig, IReadOnlyList<Diagnostic>)? Check(Action<IReadOnlyList<Diagnostic>> onProblems)
    {
        var names = ConfigFiles.List(_path, out var problem);
        Report("", problem is null ? [] : [problem], onProblems);
        if (problem is not null)
            return null;

        var changed = ReadChanged(names, onProblems);
        var removed = _seen.Keys.Except(names).ToList();
        foreach (var name in removed)
        {
            _seen.Remove(name);
            _waiting.Remove(name);
        }

        if (changed.Count == 0 && !removed.Exists(_current.ContainsKey))
            return null;

        var before = new SortedDictionary<string, LoadedFile>(_current, StringComparer.Ordinal);
        _current = Merge(_current.Where(file => names.Contains(file.Key)), changed, onProblems);
        if (_current.SequenceEqual(before))
            return null;

        var next = ConfigLoader.Combine(_path, [.. _current.Values]);
        if (!next.IsValid)
        {
            // The last file with a site was removed: a gateway without sites would be useless.
            _current = before;
            Notify(onProblems, [.. next.Errors]);
            return null;
        }

        return (ProcessKeys.Keep(_started, next.Config), [.. NewWarnings(next)]);
    }

    // The position of a warning changes with every line above it.
    private IEnumerable<Diagnostic> NewWarnings(LoadedConfig next)
    {
        var warnings = next.Warnings.Concat(ProcessKeys.Changed(_path, _started, next.Config)).ToList();
        var known = _warned;
        _warned = [.. warnings.Select(Key)];
        return warnings.Where(warning => !known.Contains(Key(warning)));
    }

    private static (string File, string Path, string? Value, string Rule) Key(Diagnostic warning) =>
        (warning.File, warning.Path, warning.Value, warning.Rule);

    /// <summary>Reads the files that have changed since the last check, reports the invalid ones and returns the valid ones.</summary>
    private List<LoadedFile> ReadChanged(IReadOnlyList<string> names, Action<IReadOnlyList<Diagnostic>> onProblems)
    {
        var valid = new List<LoadedFile>();
        foreach (var name in names)
        {
            if (_seen.TryGetValue(name, out var hash) && hash == ConfigFiles.Read(name).Hash)
                continue;

            var file = _loader.LoadFile(name);
            _seen[name] = file.Hash;
            _waiting.Remove(name);
            _reported.Remove(name);
            if (file.IsValid)
                valid.Add(file);
            else
                Notify(onProblems, [.. file.Diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error)]);
        }

        return valid;
    }

    /// <summary>
    /// Applies all changed files together if they have no conflicts, otherwise one by one. A file with a conflict waits until
    /// another file changes.
    /// </summary>
    private SortedDictionary<string, LoadedFile> Merge(
        IEnumerable<KeyValuePair<string, LoadedFile>> kept, List<LoadedFile> changed, Action<IReadOnlyList<Diagnostic>> onProblems)
    {
        var merged = new SortedDictionary<string, LoadedFile>(kept.ToDictionary(), StringComparer.Ordinal);
        LoadedFile[] candidates = [.. _waiting.Values, .. changed];
        _waiting.Clear();
        if (Errors(With(merged, candidates)).Count == 0)
            return With(merged, candidates);

        foreach (var candidate in candidates)
        {
            var tried = With(merged, [candidate]);
            var errors = Errors(tried);
            Report(candidate.Name, errors, onProblems);
            if (errors.Count == 0)
                merged = tried;
            else
                _waiting[candidate.Name] = candidate;
        }

        return merged;
    }

    private List<Diagnostic> Errors(SortedDictionary<string, LoadedFile> files) =>
        [.. ConfigLoader.Combine(_path, [.. files.Values]).Errors];

    private static SortedDictionary<string, LoadedFile> With(
        SortedDictionary<string, LoadedFile> files, IReadOnlyList<LoadedFile> others)
    {
        var together = new SortedDictionary<string, LoadedFile>(files, StringComparer.Ordinal);
        foreach (var file in others)
            together[file.Name] = file;
        return together;
    }

    /// <summary>Reports problems that every check finds again, but only if they differ from the last report on the same subject.</summary>
    private void Report(string subject, List<Diagnostic> problems, Action<IReadOnlyList<Diagnostic>> onProblems)
    {
        var text = string.Join('\n', problems);
        if (_reported.GetValueOrDefault(subject, "") == text)
            return;
        _reported[subject] = text;
        if (problems.Count > 0)
            Notify(onProblems, problems);
    }

    private static void Notify(Action<IReadOnlyList<Diagnostic>> onProblems, IReadOnlyList<Diagnostic> problems)
    {
        try
        {
            onProblems(problems);
        }
        catch (Exception)
        {
            // The report itself failed. There is nowhere else to report to, and the watch must continue.
        }
    }
}
