using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Gateway.Tests.Support;

/// <summary>
/// Reports every type in a signature or in the arguments of an attribute, also inside arrays, generic arguments and function pointers.
/// Attributes omit the name of their own <paramref name="assembly"/>.
/// </summary>
internal sealed class SignatureNames(string assembly, Action<NamedType> found)
    : ISignatureTypeProvider<NamedType, object?>, ICustomAttributeTypeProvider<NamedType>
{
    public NamedType GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        Found(reader.Name(handle));

    public NamedType GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        Found(reader.Name(handle));

    public NamedType GetTypeFromSpecification(MetadataReader reader, object? context, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, context);

    /// <summary>Reads the text of a <c>typeof</c> in an attribute: an assembly-qualified name with its generic arguments.</summary>
    public NamedType GetTypeFromSerializedName(string name) => Found(TypeName.Parse(name));

    /// <summary>An attribute stores an enum in the size of its underlying type, which reflection supplies for other assemblies.</summary>
    public PrimitiveTypeCode GetUnderlyingEnumType(NamedType type) =>
        Type.GetType($"{type.FullName}, {type.Assembly}") is { IsEnum: true } known
            ? Enum.Parse<PrimitiveTypeCode>(Enum.GetUnderlyingType(known).Name)
            : PrimitiveTypeCode.Int32;

    public NamedType GetModifiedType(NamedType modifier, NamedType unmodifiedType, bool isRequired) => unmodifiedType;
    public NamedType GetGenericInstantiation(NamedType genericType, ImmutableArray<NamedType> typeArguments) => genericType;
    public NamedType GetFunctionPointerType(MethodSignature<NamedType> signature) => default;
    public NamedType GetGenericMethodParameter(object? genericContext, int index) => new("", "!!" + index);
    public NamedType GetGenericTypeParameter(object? genericContext, int index) => new("", "!" + index);
    public NamedType GetArrayType(NamedType elementType, ArrayShape shape) => elementType;
    public NamedType GetSZArrayType(NamedType elementType) => elementType;
    public NamedType GetByReferenceType(NamedType elementType) => elementType;
    public NamedType GetPinnedType(NamedType elementType) => elementType;
    public NamedType GetPointerType(NamedType elementType) => elementType;
    public NamedType GetPrimitiveType(PrimitiveTypeCode typeCode) => new("System", typeCode.ToString());
    public NamedType GetSystemType() => new("System", "Type");
    public bool IsSystemType(NamedType type) => type is { Namespace: "System", Path: "Type" };

    private NamedType Found(TypeName name)
    {
        if (name.IsArray || name.IsPointer || name.IsByRef)
            return Found(name.GetElementType());
        if (name.IsConstructedGenericType)
        {
            foreach (var argument in name.GetGenericArguments())
                Found(argument);
            return Found(name.GetGenericTypeDefinition());
        }
        var outer = name;
        while (outer.IsNested)
            outer = outer.DeclaringType;
        var start = outer.Namespace.Length == 0 ? 0 : outer.Namespace.Length + 1;
        return Found(new NamedType(outer.Namespace, name.FullName[start..], name.AssemblyName?.Name ?? assembly));
    }

    private NamedType Found(NamedType type)
    {
        found(type);
        return type;
    }
}
