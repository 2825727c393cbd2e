using System.Reflection.Metadata;

namespace Gateway.Tests.Support;

/// <summary>Reads the name of a type from its row in the metadata.</summary>
internal static class MetadataNames
{
    /// <summary>A type that this assembly defines.</summary>
    public static NamedType Name(this MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var name = reader.GetString(type.Name);
        if (!type.GetDeclaringType().IsNil)
            return Nested(reader.Name(type.GetDeclaringType()), name);
        return new(reader.GetString(type.Namespace), name, reader.GetString(reader.GetAssemblyDefinition().Name));
    }

    /// <summary>A type of another assembly.</summary>
    public static NamedType Name(this MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind switch
        {
            HandleKind.TypeReference => Nested(reader.Name((TypeReferenceHandle)type.ResolutionScope), name),
            HandleKind.AssemblyReference => new(reader.GetString(type.Namespace), name,
                reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name)),
            _ => new(reader.GetString(type.Namespace), name),
        };
    }

    private static NamedType Nested(NamedType outer, string name) => outer with { Path = $"{outer.Path}+{name}" };
}
