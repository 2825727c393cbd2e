using System.Buffers;

namespace Gateway.Csp;

/// <summary>Applies the first of <c>script-src-elem</c>, <c>script-src</c> and <c>default-src</c> that a policy contains.</summary>
internal readonly ref struct PolicyDirectives
{
    private static readonly SearchValues<char> NonceCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_-");

    // CSP3 2.2.1: ASCII white space separates names and sources.
    private const string Space = " \t\n\f\r";

    private readonly ReadOnlySpan<char> _policy;
    private readonly int _start;
    private readonly int _end;
    private readonly bool _isDefault;

    private PolicyDirectives(ReadOnlySpan<char> policy, int start, int end, bool isDefault)
    {
        _policy = policy;
        _start = start;
        _end = end;
        _isDefault = isDefault;
        foreach (var source in Sources)
            IsStrict |= Is(source, "'strict-dynamic'");
    }

    /// <summary>Whether only scripts with a nonce or a hash run, and scripts that they load. Sources are then ignored.</summary>
    public bool IsStrict { get; }

    private bool IsSilent => _end == 0;

    private SourceList Sources => new(_policy[_start.._end]);

    /// <summary>Finds the directive. If a name is repeated, the first directive counts (CSP3 2.2.1).</summary>
    public static PolicyDirectives Read(ReadOnlySpan<char> policy)
    {
        foreach (var name in (ReadOnlySpan<string>)["script-src-elem", "script-src", "default-src"])
        {
            var start = 0;
            foreach (var range in policy.Split(';'))
            {
                var directive = policy[range];
                var lead = directive.Length - directive.TrimStart(Space).Length;
                var word = directive[lead..];
                var length = word.IndexOfAny(Space);
                if (Is(length < 0 ? word : word[..length], name))
                {
                    start = range.Start.Value + lead + name.Length;
                    return new(policy, start, range.Start.Value + directive.TrimEnd(Space).Length, name == "default-src");
                }
            }
        }

        return new(policy, 0, 0, isDefault: false);
    }

    /// <summary>Whether a policy refuses scripts without <c>integrity</c>, whatever its other directives say (<c>require-sri-for</c>).</summary>
    public static bool RequiresIntegrity(ReadOnlySpan<char> policy)
    {
        foreach (var range in policy.Split(';'))
        {
            var words = new SourceList(policy[range]);
            if (!words.MoveNext() || !Is(words.Current, "require-sri-for"))
                continue;
            while (words.MoveNext())
            {
                if (Is(words.Current, "script"))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether the script runs without a nonce.</summary>
    public bool Allows(ScriptAddress script)
    {
        if (IsSilent)
            return true;
        if (IsStrict)
            return false;
        foreach (var source in Sources)
        {
            if (script.Matches(source))
                return true;
        }

        return false;
    }

    public bool HasNonce(ReadOnlySpan<char> nonce)
    {
        foreach (var source in Sources)
        {
            if (NonceOf(source).SequenceEqual(nonce))
                return true;
        }

        return false;
    }

    /// <summary>Adds the nonces that are valid in an attribute without encoding.</summary>
    public void AddNoncesTo(List<string> nonces, int most)
    {
        foreach (var source in Sources)
        {
            if (NonceOf(source) is { Length: > 0 } nonce && nonces.Count < most)
                nonces.Add(nonce.ToString());
        }
    }

    /// <summary>Returns the policy with one more source for scripts. No other byte changes.</summary>
    /// <remarks>
    /// <c>default-src</c> is not changed, because it applies to more than scripts. Its list is copied into a new <c>script-src</c>, not into
    /// <c>script-src-elem</c>, which older browsers do not support.
    /// </remarks>
    public string With(string source)
    {
        var directive = _policy[.._end];
        var rest = _policy[_end..];
        if (_isDefault)
        {
            var added = $"; script-src{WithSource(_policy[_start.._end], source)}";
            var end = _policy.TrimEnd(Space).Length;
            return _policy[end - 1] == ';'
                ? string.Concat(_policy[..end], added.AsSpan(1), _policy[end..])
                : string.Concat(_policy[..end], added, _policy[end..]);
        }

        return string.Concat(directive[.._start], WithSource(_policy[_start.._end], source), rest);
    }

    // 'none' next to a source has no effect and would be misleading.
    private static string WithSource(ReadOnlySpan<char> sources, string source)
    {
        foreach (var token in new SourceList(sources))
        {
            if (Is(token, "'none'") && sources.Overlaps(token, out var at))
                return string.Concat(sources[..at], source, sources[(at + token.Length)..]);
        }

        return string.Concat(sources, " ", source);
    }

    private static ReadOnlySpan<char> NonceOf(ReadOnlySpan<char> source)
    {
        const string Opening = "'nonce-";
        if (!source.StartsWith(Opening, StringComparison.OrdinalIgnoreCase) || source[^1] != '\'' || source.Length <= Opening.Length + 1)
            return default;
        var nonce = source[Opening.Length..^1];
        return nonce.ContainsAnyExcept(NonceCharacters) ? default : nonce;
    }

    private static bool Is(ReadOnlySpan<char> text, string lowerCase) => text.Equals(lowerCase, StringComparison.OrdinalIgnoreCase);

    private ref struct SourceList(ReadOnlySpan<char> sources)
    {
        private ReadOnlySpan<char> _rest = sources;

        public ReadOnlySpan<char> Current { get; private set; }

        public readonly SourceList GetEnumerator() => this;

        public bool MoveNext()
        {
            _rest = _rest.TrimStart(Space);
            var length = _rest.IndexOfAny(Space);
            Current = length < 0 ? _rest : _rest[..length];
            _rest = _rest[Current.Length..];
            return Current.Length > 0;
        }
    }
}
