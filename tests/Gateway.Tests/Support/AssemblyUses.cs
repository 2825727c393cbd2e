using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Gateway.Tests.Support;

/// <summary>
/// Finds all types and members that a compiled assembly refers to, and where: bases, interfaces, constraints, members, attributes, locals
/// and instructions. References that the compiler replaces by constants (<c>const</c>, <c>nameof</c>) cannot be found.
/// </summary>
internal sealed class AssemblyUses
{
    private readonly PEReader _file;
    private readonly MetadataReader _reader;
    private readonly SignatureNames _names;
    private readonly HashSet<(Place, UsedMember)> _uses = [];
    private Place _place = new(default);

    private AssemblyUses(PEReader file)
    {
        _file = file;
        _reader = file.GetMetadataReader();
        _names = new(_reader.GetString(_reader.GetAssemblyDefinition().Name), type => Add(new UsedMember(type)));
    }

    /// <summary>The uses in the assembly at <paramref name="path"/>. Its code is not run.</summary>
    public static IReadOnlyCollection<(Place Place, UsedMember Member)> Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var assembly = new AssemblyUses(file);
        foreach (var handle in assembly._reader.TypeDefinitions)
            assembly.Type(handle);
        return assembly._uses;
    }

    private void Add(UsedMember used) => _uses.Add((_place, used));

    private void Type(TypeDefinitionHandle handle)
    {
        var type = _reader.GetTypeDefinition(handle);
        _place = new(_reader.Name(handle));
        // A type without references must be found too: its namespace may not be allowed.
        Add(new UsedMember(_place.Type));
        Entity(type.BaseType);
        Attributes(type.GetCustomAttributes());
        GenericParameters(type.GetGenericParameters());
        foreach (var item in type.GetInterfaceImplementations().Select(_reader.GetInterfaceImplementation))
        {
            Entity(item.Interface);
            Attributes(item.GetCustomAttributes());
        }
        foreach (var item in type.GetMethodImplementations())
            Entity(_reader.GetMethodImplementation(item).MethodDeclaration);
        Members(type, _place.Type);
    }

    private void Members(TypeDefinition type, NamedType name)
    {
        foreach (var field in type.GetFields().Select(_reader.GetFieldDefinition))
        {
            _place = new(name, _reader.GetString(field.Name));
            field.DecodeSignature(_names, null);
            Attributes(field.GetCustomAttributes());
        }
        foreach (var property in type.GetProperties().Select(_reader.GetPropertyDefinition))
        {
            _place = new(name, _reader.GetString(property.Name));
            property.DecodeSignature(_names, null);
            Attributes(property.GetCustomAttributes());
        }
        foreach (var item in type.GetEvents().Select(_reader.GetEventDefinition))
        {
            _place = new(name, _reader.GetString(item.Name));
            Entity(item.Type);
            Attributes(item.GetCustomAttributes());
        }
        foreach (var method in type.GetMethods().Select(_reader.GetMethodDefinition))
        {
            _place = new(name, _reader.GetString(method.Name));
            Method(method);
        }
    }

    private void Method(MethodDefinition method)
    {
        method.DecodeSignature(_names, null);
        Attributes(method.GetCustomAttributes());
        GenericParameters(method.GetGenericParameters());
        foreach (var parameter in method.GetParameters())
            Attributes(_reader.GetParameter(parameter).GetCustomAttributes());
        if (method.RelativeVirtualAddress != 0)
            Body(_file.GetMethodBody(method.RelativeVirtualAddress));
    }

    private void Body(MethodBodyBlock body)
    {
        Entity(body.LocalSignature);
        foreach (var region in body.ExceptionRegions)
            Entity(region.CatchType);
        foreach (var token in IlTokens.Read(body.GetILBytes() ?? []))
            Entity(token);
    }

    private void GenericParameters(GenericParameterHandleCollection parameters)
    {
        foreach (var parameter in parameters.Select(_reader.GetGenericParameter))
        {
            Attributes(parameter.GetCustomAttributes());
            foreach (var constraint in parameter.GetConstraints().Select(_reader.GetGenericParameterConstraint))
            {
                Entity(constraint.Type);
                Attributes(constraint.GetCustomAttributes());
            }
        }
    }

    private void Attributes(CustomAttributeHandleCollection attributes)
    {
        foreach (var attribute in attributes.Select(_reader.GetCustomAttribute))
        {
            Entity(attribute.Constructor);
            attribute.DecodeValue(_names);
        }
    }

    private void Entity(EntityHandle handle)
    {
        if (handle.IsNil)
            return;
        switch (handle.Kind)
        {
            case HandleKind.MethodSpecification:
                var instance = _reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                instance.DecodeSignature(_names, null);
                Entity(instance.Method);
                break;
            case HandleKind.MethodDefinition:
                var method = _reader.GetMethodDefinition((MethodDefinitionHandle)handle);
                Member(method.GetDeclaringType(), method.Name, method.DecodeSignature(_names, null).ParameterTypes);
                break;
            case HandleKind.FieldDefinition:
                var field = _reader.GetFieldDefinition((FieldDefinitionHandle)handle);
                field.DecodeSignature(_names, null);
                Member(field.GetDeclaringType(), field.Name, []);
                break;
            case HandleKind.MemberReference:
                Reference(_reader.GetMemberReference((MemberReferenceHandle)handle));
                break;
            case HandleKind.StandaloneSignature:
                Signature(_reader.GetStandaloneSignature((StandaloneSignatureHandle)handle));
                break;
            default:
                Named(handle);
                break;
        }
    }

    private void Reference(MemberReference member)
    {
        if (member.GetKind() == MemberReferenceKind.Method)
        {
            Member(member.Parent, member.Name, member.DecodeMethodSignature(_names, null).ParameterTypes);
            return;
        }
        member.DecodeFieldSignature(_names, null);
        Member(member.Parent, member.Name, []);
    }

    private void Member(EntityHandle parent, StringHandle name, IReadOnlyList<NamedType> parameters) =>
        Add(new UsedMember(Named(parent), _reader.GetString(name), parameters));

    private void Signature(StandaloneSignature signature)
    {
        if (signature.GetKind() == StandaloneSignatureKind.Method)
            signature.DecodeMethodSignature(_names, null);
        else
            signature.DecodeLocalSignature(_names, null);
    }

    private NamedType Named(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition => _names.GetTypeFromDefinition(_reader, (TypeDefinitionHandle)handle, 0),
        HandleKind.TypeReference => _names.GetTypeFromReference(_reader, (TypeReferenceHandle)handle, 0),
        HandleKind.TypeSpecification => _names.GetTypeFromSpecification(_reader, null, (TypeSpecificationHandle)handle, 0),
        _ => default,
    };
}
