namespace Gateway.Tests.Support;

/// <summary>Where in an assembly something is named: a type, or one of its members.</summary>
internal sealed record Place(NamedType Type, string Member = "")
{
    /// <summary>
    /// The place as its author knows it. Lambdas, iterators and async methods are moved by the compiler into nested types
    /// (<c>Outer+&lt;Run&gt;d__3.MoveNext</c>); they are given back to the member they were written in (<c>Outer.Run</c>).
    /// </summary>
    public override string ToString()
    {
        var nested = Type.Path.Split('+');
        var written = nested.TakeWhile(part => !part.StartsWith('<')).ToArray();
        var generated = nested.Skip(written.Length).Append(Member).Select(WrittenName).FirstOrDefault(name => name.Length > 0);
        var type = new NamedType(Type.Namespace, string.Join('+', written)).ToString();
        return generated is null ? type : $"{type}.{generated}";
    }

    /// <summary><c>&lt;Run&gt;b__0</c>, <c>&lt;&lt;Run&gt;b__0&gt;d</c> and <c>get_Run</c> are all Run; <c>&lt;&gt;c</c> is nothing anyone wrote.</summary>
    private static string WrittenName(string name)
    {
        if (name.StartsWith('<'))
            return name.TrimStart('<').Split('>')[0];
        var isAccessor = name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal);
        return isAccessor ? name[4..] : name.TrimStart('.');
    }
}
