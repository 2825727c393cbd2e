namespace Gateway.Config.Reading;

/// <summary>
/// Looks every two seconds whether the files' content changed (their names and dates tell nothing of a swapped ConfigMap).
/// What is valid is handed on as a whole; a broken file is reported once and its old content stays, for its own sites only.
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
    private SortedDictionary<string, LoadedFile> _current = new(StringComparer.Ordinal);

    /// <param name="path">A file or a folder.</param>
    /// <param name="loaded">What the gateway started with.</param>
    /// <param name="time">Clock and timer.</param>
    /// <param name="environment">Looks up <c>${NAME}</c>.</param>
    public ConfigWatcher(string path, LoadedConfig loaded, TimeProvider time, Func<string, string?> environment)
    {
        _path = path;
        _time = time;
        _loader = new ConfigLoader(environment, time);
        _started = loaded.Config;
        foreach (var file in loaded.Files)
            _seen[file.Name] = file.Hash;
        foreach (var file in loaded.Files.Where(file => file.IsValid))
            _current[file.Name] = file;
    }

    /// <summary>Watches until it is cancelled; then it ends without an exception.</summary>
    /// <param name="onChange">Puts a new configuration into effect; gets the warnings of the files that changed.</param>
    /// <param name="onProblems">Reports what was not taken, and why.</param>
    /// <param name="stop">Ends the watch.</param>
    public async Task RunAsync(
        Func<GatewayConfig, IReadOnlyList<Diagnostic>, Task> onChange,
        Action<IReadOnlyList<Diagnostic>> onProblems,
        CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                await LookAsync(onChange, onProblems);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    /// <summary>Looks once.</summary>
    internal async Task LookAsync(
        Func<GatewayConfig, IReadOnlyList<Diagnostic>, Task> onChange,
        Action<IReadOnlyList<Diagnostic>> onProblems)
    {
        try
        {
            if (Look(onProblems) is var (config, warnings))
                await onChange(config, warnings);
        }
        catch (Exception error)
        {
            // Whatever a callback does, the watch goes on: else the next, mended file would never be read.
            Tell(onProblems, [new Diagnostic { File = _path, Rule = $"could not be put into effect: {error.Message}", Code = "file" }]);
        }
    }

    private (GatewayConfig, IReadOnlyList<Diagnostic>)? Look(Action<IReadOnlyList<Diagnostic>> onProblems)
    {
        var names = ConfigFiles.List(_path, out var problem);
        Report("", problem is null ? [] : [problem with { Remedy = "What was there before stays in effect." }], onProblems);
        if (problem is not null)
            return null;

        var changed = ReadChanged(names, onProblems);
        var gone = _seen.Keys.Except(names).ToList();
        foreach (var name in gone)
        {
            _seen.Remove(name);
            _waiting.Remove(name);
        }

        if (changed.Count == 0 && !gone.Exists(_current.ContainsKey))
            return null;

        var before = new SortedDictionary<string, LoadedFile>(_current, StringComparer.Ordinal);
        _current = Settle(_current.Where(file => names.Contains(file.Key)), changed, onProblems);
        if (_current.SequenceEqual(before))
            return null;

        var next = ConfigLoader.Combine(_path, [.. _current.Values]);
        if (!next.IsValid)
        {
            // The last file with a site is gone: no gateway is better off without any.
            _current = before;
            Tell(onProblems, [.. next.Errors]);
            return null;
        }

        var warnings = _current.Values.Where(file => !before.ContainsValue(file)).SelectMany(file => file.Problems);
        return (ProcessKeys.Keep(_started, next.Config), [.. warnings, .. ProcessKeys.Changed(_path, _started, next.Config)]);
    }

    /// <summary>Reads what differs from what was last seen; hands back what is valid, also what had to wait before.</summary>
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
                Tell(onProblems, file.Problems);
        }

        return valid;
    }

    /// <summary>Takes all changed files together if they agree, else one by one, leaving out those that do not.</summary>
    private SortedDictionary<string, LoadedFile> Settle(
        IEnumerable<KeyValuePair<string, LoadedFile>> kept, List<LoadedFile> changed, Action<IReadOnlyList<Diagnostic>> onProblems)
    {
        var settled = new SortedDictionary<string, LoadedFile>(kept.ToDictionary(), StringComparer.Ordinal);
        LoadedFile[] candidates = [.. _waiting.Values, .. changed];
        _waiting.Clear();
        if (Errors(With(settled, candidates)).Count == 0)
            return With(settled, candidates);

        foreach (var candidate in candidates)
        {
            var tried = With(settled, [candidate]);
            var errors = Errors(tried);
            Report(candidate.Name, errors, onProblems);
            if (errors.Count == 0)
                settled = tried;
            else
                _waiting[candidate.Name] = candidate;
        }

        return settled;
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

    /// <summary>Tells problems that are found anew at each look, but only when they are others than last time.</summary>
    private void Report(string about, List<Diagnostic> problems, Action<IReadOnlyList<Diagnostic>> onProblems)
    {
        var text = string.Join('\n', problems);
        if (_reported.GetValueOrDefault(about, "") == text)
            return;
        _reported[about] = text;
        if (problems.Count > 0)
            Tell(onProblems, problems);
    }

    private static void Tell(Action<IReadOnlyList<Diagnostic>> onProblems, IReadOnlyList<Diagnostic> problems)
    {
        try
        {
            onProblems(problems);
        }
        catch (Exception)
        {
            // The one who reports is broken: nobody is left to tell, and the watch must go on.
        }
    }
}
