using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AgentOperator.Kube.Models;
using AgentOperator.Manifests.Crds;
using AgentOperator.Manifests.Kinds;
using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Tests;

/// <summary>CRDs of small records.</summary>
internal static class Fixture
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    public static JsonObject Crd<TRoot>() => CrdWriter.Write(Read<TRoot>());

    public static KindSchema Read<TRoot>() => KindSchema.Read(Kind<TRoot>(new ResourceDefinition("example.dev", "v1", "things", "Thing")));

    public static Kind Kind<TRoot>(ResourceDefinition resource) => new(resource, Options.GetTypeInfo(typeof(TRoot)));

    public static JsonObject RootSchema<TRoot>() => Version<TRoot>()["schema"]!["openAPIV3Schema"]!.AsObject();

    public static JsonObject Version<TRoot>() => Crd<TRoot>()["spec"]!["versions"]![0]!.AsObject();

    public static JsonObject SpecSchema<TSpec>() => RootSchema<Root<TSpec>>()["properties"]!["spec"]!.AsObject();

    /// <summary>Schema of the spec's property <c>value</c>, without white space.</summary>
    public static string ValueSchema<TSpec>() => SpecSchema<TSpec>()["properties"]!["value"]!.ToJsonString(Relaxed);

    public static IReadOnlyList<string> Faults<TSpec>() => RootFaults<Root<TSpec>>();

    public static IReadOnlyList<string> RootFaults<TRoot>() => Should.Throw<RefusedException>(() => Read<TRoot>()).Faults;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
