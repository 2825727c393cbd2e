namespace Gateway.Script;

/// <summary>
/// The functions of a script, one within the other, and what each of them declares. A local name gets the first letter that means nothing
/// else to its function: functions that have nothing to do with each other look alike, which compresses well.
/// </summary>
/// <param name="rootOf">The number of the statement at the top in which a token stands.</param>
internal sealed class ScriptScopes(int tokens, Func<int, int> rootOf)
{
    private const int None = -1;

    private readonly List<(int First, int Last)> _functions = [];
    private readonly Dictionary<(int Scope, string Name), int> _numbers = [];
    private readonly List<(int Scope, string Name)> _declared = [];
    private readonly int[] _innermost = Enumerable.Repeat(None, tokens).ToArray();
    private int[] _outer = [];

    /// <summary>Adds a function by its first parameter, or the bracket before it, and the last token of its body.</summary>
    public void Add(int first, int last) => _functions.Add((first, last));

    /// <summary>To be called once all functions are there, and before anything is declared.</summary>
    public void Nest()
    {
        // By their beginnings the outer one comes first.
        _functions.Sort();
        _outer = new int[_functions.Count];
        for (var function = 0; function < _functions.Count; function++)
        {
            _outer[function] = _innermost[_functions[function].First];
            Array.Fill(_innermost, function, _functions[function].First, _functions[function].Last - _functions[function].First + 1);
        }
    }

    public IEnumerable<string> Names => _declared.Select(one => one.Name);

    public void Declare(int token, string name)
    {
        if (_numbers.TryAdd((ScopeOf(token), name), None))
            _declared.Add((ScopeOf(token), name));
    }

    /// <summary>The number of the local name that a token is, from 0; null where it is none.</summary>
    public int? NumberOf(int token, string name) => Find(token, name) is { } found ? _numbers[found] : null;

    /// <summary>Numbers all names.</summary>
    /// <param name="nameAt">The name that a token is, if it may be a local one.</param>
    public void Number(Func<int, string?> nameAt)
    {
        foreach (var scope in _declared.GroupBy(one => one.Scope).OrderBy(scope => scope.Key))
        {
            var taken = new HashSet<int>();
            var (first, last) = scope.Key < 0 ? (0, None) : _functions[scope.Key];
            for (var token = first; token <= last; token++)
            {
                // A name of a function further in has no number yet.
                if (nameAt(token) is { } name && Find(token, name) is { } found && found.Scope != scope.Key)
                    taken.Add(_numbers[found]);
            }

            var number = 0;
            foreach (var local in scope)
            {
                while (taken.Contains(number))
                    number++;
                _numbers[local] = number++;
            }
        }
    }

    // Functions count from 0; what stands in none of them belongs to its statement, which counts down from -2.
    private int ScopeOf(int token) => _innermost[token] is var function and not None ? function : RootOf(token);

    private int RootOf(int token) => -2 - rootOf(token);

    private (int Scope, string Name)? Find(int token, string name)
    {
        for (var function = _innermost[token]; function != None; function = _outer[function])
        {
            if (_numbers.ContainsKey((function, name)))
                return (function, name);
        }

        return _numbers.ContainsKey((RootOf(token), name)) ? (RootOf(token), name) : null;
    }
}
