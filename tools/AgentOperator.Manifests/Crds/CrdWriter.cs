using System.Reflection;
using System.Text.Json.Nodes;
using AgentOperator.Api;
using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;
using AgentOperator.Manifests.Kinds;
using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Crds;

/// <summary>A kind and its schema as a CustomResourceDefinition.</summary>
internal static class CrdWriter
{
    public static JsonObject Write(KindSchema read) => Write(read.Kind, SaidOnce.Of(read.Root));

    private static JsonObject Write(Kind kind, SchemaNode schema) => new()
    {
        ["apiVersion"] = "apiextensions.k8s.io/v1",
        ["kind"] = "CustomResourceDefinition",
        ["metadata"] = new JsonObject { ["name"] = kind.Resource.QualifiedName },
        ["spec"] = new JsonObject
        {
            ["group"] = kind.Resource.Group,
            ["names"] = Names(kind),
            ["scope"] = kind.Resource.Namespaced ? "Namespaced" : "Cluster",
            ["versions"] = new JsonArray(Version(kind, schema)),
        },
    };

    private static JsonObject Names(Kind kind)
    {
        ResourceDefinition resource = kind.Resource;
        var names = new JsonObject
        {
            ["kind"] = resource.Kind,
            ["listKind"] = $"{resource.Kind}List",
            ["plural"] = resource.Plural,
            ["singular"] = resource.Kind.ToLowerInvariant(),
        };
        if (kind.Contract.Type.GetCustomAttribute<ResourceNamesAttribute>() is { } attribute)
        {
            names["shortNames"] = new JsonArray([.. attribute.ShortNames.Select(name => JsonValue.Create(name))]);
        }

        names["categories"] = new JsonArray(ApiGroup.Category);
        return names;
    }

    private static JsonObject Version(Kind kind, SchemaNode schema)
    {
        var version = new JsonObject { ["name"] = kind.Resource.Version, ["served"] = true, ["storage"] = true };
        JsonNode[] columns = [.. kind.Contract.Type.GetCustomAttributes<PrinterColumnAttribute>().Select(Column)];
        if (columns.Length > 0)
        {
            version["additionalPrinterColumns"] = new JsonArray(columns);
        }

        if (Subresources(kind, schema) is { Count: > 0 } subresources)
        {
            version["subresources"] = subresources;
        }

        version["schema"] = new JsonObject { ["openAPIV3Schema"] = RootSchema.Write(schema) };
        return version;
    }

    private static JsonObject Subresources(Kind kind, SchemaNode schema)
    {
        var subresources = new JsonObject();
        if (schema.Properties.Any(property => property.Name == "status"))
        {
            subresources["status"] = new JsonObject();
        }

        if (kind.Contract.Type.GetCustomAttribute<ScaleAttribute>() is { } scale)
        {
            subresources["scale"] = new JsonObject
            {
                ["specReplicasPath"] = scale.SpecReplicas,
                ["statusReplicasPath"] = scale.StatusReplicas,
                ["labelSelectorPath"] = scale.LabelSelector,
            };
        }

        return subresources;
    }

    private static JsonObject Column(PrinterColumnAttribute attribute)
    {
        var column = new JsonObject { ["name"] = attribute.Name, ["type"] = attribute.Type, ["jsonPath"] = attribute.JsonPath };
        if (attribute.Description is { } description)
        {
            column["description"] = description;
        }

        if (attribute.Wide)
        {
            column["priority"] = 1;
        }

        return column;
    }
}
