namespace Gateway.Tests.Support;

/// <summary>
/// A type that is named somewhere or, where <paramref name="Member"/> is not empty, one of its members. The types of a method's
/// parameters tell its overloads apart.
/// </summary>
internal sealed record Mention(NamedType Type, string Member, IReadOnlyList<NamedType> Parameters)
{
    /// <summary>A type named for itself.</summary>
    public Mention(NamedType type) : this(type, "", []) { }
}
