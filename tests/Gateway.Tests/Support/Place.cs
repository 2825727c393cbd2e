namespace Gateway.Tests.Support;

/// <summary>The place of a reference in an assembly: a type or one of its members.</summary>
internal sealed record Place(NamedType Type, string Member = "")
{
    /// <summary>
    /// The place in the source code. The compiler moves lambdas, iterators and async methods into nested types
    /// (<c>Outer+&lt;Run&gt;d__3.MoveNext</c>). This is the member that contains them (<c>Outer.Run</c>).
    /// </summary>
    public override string ToString()
    {
        var nested = Type.Path.Split('+');
        var written = nested.TakeWhile(part => !part.StartsWith('<')).ToArray();
        var generated = nested.Skip(written.Length).Append(Member).Select(WrittenName).FirstOrDefault(name => name.Length > 0);
        var type = new NamedType(Type.Namespace, string.Join('+', written)).ToString();
        return generated is null ? type : $"{type}.{generated}";
    }

    /// <summary><c>&lt;Run&gt;b__0</c>, <c>&lt;&lt;Run&gt;b__0&gt;d</c> and <c>get_Run</c> are all Run; <c>&lt;&gt;c</c> has no source.</summary>
    private static string WrittenName(string name)
    {
        if (name.StartsWith('<'))
            return name.TrimStart('<').Split('>')[0];
        var isAccessor = name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal);
        return isAccessor ? name[4..] : name.TrimStart('.');
    }
}
