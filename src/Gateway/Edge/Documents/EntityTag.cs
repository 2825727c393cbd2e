namespace Gateway.Edge.Documents;

/// <summary>An entity tag (RFC 9110 8.8.3). Bytes 80-FF are Latin-1 characters here and pass as they are.</summary>
/// <param name="Opaque">What stands between the quotes.</param>
internal readonly record struct EntityTag(string Opaque, bool IsWeak)
{
    public override string ToString() => (IsWeak ? "W/\"" : "\"") + Opaque + '"';

    public static bool TryRead(ReadOnlySpan<char> text, out EntityTag tag)
    {
        var isTag = TryRead(text, out var opaque, out var isWeak);
        tag = isTag ? new EntityTag(opaque.ToString(), isWeak) : default;
        return isTag;
    }

    /// <summary>The same without allocating.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out ReadOnlySpan<char> opaque, out bool isWeak)
    {
        text = text.Trim(" \t");
        isWeak = text.StartsWith("W/", StringComparison.Ordinal);
        var quoted = isWeak ? text[2..] : text;
        var isTag = quoted is ['"', .., '"'] && quoted.Length >= 2 && !quoted[1..^1].Contains('"');
        opaque = isTag ? quoted[1..^1] : default;
        return isTag;
    }

    /// <summary>The tags of a list; a comma may stand inside a tag. Members that are no tags are left out.</summary>
    public static List<EntityTag> ReadList(string list)
    {
        var tags = new List<EntityTag>();
        var start = 0;
        var inQuotes = false;
        for (var at = 0; at <= list.Length; at++)
        {
            if (at < list.Length && list[at] == '"')
                inQuotes = !inQuotes;
            if (at < list.Length && (list[at] != ',' || inQuotes))
                continue;

            if (TryRead(list.AsSpan(start..at), out var tag))
                tags.Add(tag);
            start = at + 1;
        }

        return tags;
    }
}
