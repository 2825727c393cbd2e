namespace Gateway.Tests.Support;

/// <summary>
/// A type as metadata names it: namespace, then the path through nested types (<c>Outer+Inner</c>), and the assembly that
/// defines it, empty if it is not in the metadata.
/// </summary>
internal readonly record struct NamedType(string Namespace, string Path, string Assembly = "")
{
    /// <summary>The full name as reflection writes it.</summary>
    public string FullName => Namespace.Length == 0 ? Path : $"{Namespace}.{Path}";

    /// <summary>The full name as source code writes it, without the number of generic parameters.</summary>
    public override string ToString() =>
        string.Join('.', FullName.Split('+').Select(part => part.Split('`')[0]));
}
