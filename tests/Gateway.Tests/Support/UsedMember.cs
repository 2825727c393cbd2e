namespace Gateway.Tests.Support;

/// <summary>
/// A referenced type or, if <paramref name="Member"/> is not empty, one of its members. The parameter types of a method distinguish its
/// overloads.
/// </summary>
internal sealed record UsedMember(NamedType Type, string Member, IReadOnlyList<NamedType> Parameters)
{
    /// <summary>A reference to a type itself.</summary>
    public UsedMember(NamedType type) : this(type, "", []) { }
}
