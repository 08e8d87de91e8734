using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;
using AgentOperator.Manifests.Documentation;
using AgentOperator.Manifests.Kinds;

namespace AgentOperator.Manifests.Schemas;

/// <summary>Reads schemas from JSON contracts, so that names and required properties are those that the serializer uses.</summary>
internal sealed class SchemaReader(JsonSerializerOptions options, DocComments docs)
{
    private static readonly string[] ServerOwned = ["apiVersion", "kind", "metadata"];

    /// <summary>Schema of a kind without <c>apiVersion</c>, <c>kind</c> and <c>metadata</c>.</summary>
    public SchemaNode Read(Kind kind)
    {
        SchemaNode root = ReadObject(kind.Contract, []);
        return root with
        {
            Description = docs.Of(kind.Contract.Type),
            Properties = [.. root.Properties.Where(p => !ServerOwned.Contains(p.Name, StringComparer.Ordinal))],
        };
    }

    private SchemaNode ReadType(Type declared, ImmutableHashSet<Type> within)
    {
        Type type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (ScalarSchemas.Find(type) is { } scalar)
        {
            return scalar;
        }

        if (within.Contains(type))
        {
            return Unreadable($"recursion through {type.Name}: a schema cannot refer to itself; mark one edge [AnyJson] or refer by name");
        }

        JsonTypeInfo contract = options.GetTypeInfo(type);
        return contract.Kind switch
        {
            JsonTypeInfoKind.Object when type == typeof(Condition) => ConditionSchema.Tighten(ReadObject(contract, within)),
            JsonTypeInfoKind.Object => ReadObject(contract, within),
            JsonTypeInfoKind.Enumerable => new SchemaNode { Type = "array", Items = ReadType(contract.ElementType!, within) },
            JsonTypeInfoKind.Dictionary when contract.KeyType == typeof(string) =>
                new SchemaNode { Type = "object", AdditionalProperties = ReadType(contract.ElementType!, within) },
            _ => Unreadable($"{type.Name} has no mapping to a schema"),
        };
    }

    private SchemaNode ReadObject(JsonTypeInfo contract, ImmutableHashSet<Type> within)
    {
        ImmutableHashSet<Type> inner = within.Add(contract.Type);
        return new SchemaNode
        {
            Type = "object",
            Name = contract.Type.Name,
            Source = contract.Type,
            Description = docs.Of(contract.Type),
            Properties = [.. contract.Properties.Where(p => p.Get is not null).Select(p => ReadProperty(p, inner))],
            Validations = Constraints.Rules(contract.Type),
        };
    }

    private SchemaProperty ReadProperty(JsonPropertyInfo property, ImmutableHashSet<Type> within)
    {
        var source = (PropertyInfo)property.AttributeProvider!;
        bool any = source.IsDefined(typeof(AnyJsonAttribute));
        SchemaNode type = any ? ReadAny(property.PropertyType, source.IsDefined(typeof(PodPartAttribute))) : ReadType(property.PropertyType, within);
        SchemaNode node = Constraints.Apply(type, source) with { Description = docs.Of(source) ?? type.Description };
        return new SchemaProperty(property.Name, source, property.IsRequired, node);
    }

    private static SchemaNode Unreadable(string fault) => new() { Type = "object", Faults = [fault] };

    private SchemaNode ReadAny(Type declared, bool isPodPart)
    {
        Type type = Nullable.GetUnderlyingType(declared) ?? declared;
        JsonTypeInfo contract = options.GetTypeInfo(type);
        if (contract is { Kind: JsonTypeInfoKind.Enumerable } && contract.ElementType == typeof(JsonElement))
        {
            return new SchemaNode { Type = "array", Items = ReadAny(typeof(JsonElement), isPodPart) };
        }

        bool isObject = isPodPart || contract.Kind is JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary;
        return new SchemaNode { Type = isObject ? "object" : null, PreserveUnknownFields = true };
    }
}
