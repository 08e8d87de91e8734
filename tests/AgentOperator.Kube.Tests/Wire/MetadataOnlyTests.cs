using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Tests.Server;
using AgentOperator.Testing;

namespace AgentOperator.Kube.Tests.Wire;

public sealed partial class MetadataOnlyTests
{
    private const string One = "application/json; as=PartialObjectMetadata; g=meta.k8s.io; v=v1, application/json";
    private const string Many = "application/json; as=PartialObjectMetadataList; g=meta.k8s.io; v=v1, application/json";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limits.Hang)]
    public async Task A_record_without_more_than_metadata_asks_for_no_more()
    {
        string partial = """{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":"a","namespace":"ns","uid":"u-a","resourceVersion":"5"}}""";
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.InTurn(
            Answers.Always($$"""{"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"7"},"items":[{{partial}}]}"""),
            Answers.Stream($$"""{"type":"MODIFIED","object":{{partial}}}""" + "\n"),
            Answers.Always(partial)));
        using KubeClient client = server.Connect();
        ResourceClient<SecretName> secrets = client.Resource<SecretName>("ns");

        KubeList<SecretName> list = await secrets.ListAsync(new ListOptions(), Stop);
        List<WatchEvent<SecretName>> events = [];
        await foreach (WatchEvent<SecretName> change in secrets.WatchAsync(new WatchOptions { ResourceVersion = "7" }, Stop))
        {
            events.Add(change);
        }

        SecretName one = await secrets.GetAsync("a", Stop);

        server.Requests.Select(static request => request.Headers["Accept"]).ShouldBe([Many, One, One]);
        server.Requests.ShouldAllBe(static request => request.Path.StartsWith("/api/v1/namespaces/ns/secrets"));
        list.Items.Single().Metadata.Uid.ShouldBe("u-a");
        events.Single().Object!.Metadata.ResourceVersion.ShouldBe("5");
        one.Kind.ShouldBe("Secret");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_whole_record_asks_for_the_whole()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always(Answers.Pod("a")));
        using KubeClient client = server.Connect();

        await client.Resource<Pod>("ns").GetAsync("a", Stop);

        server.Requests.Single().Headers["Accept"].ShouldBe("application/json");
    }

    /// <summary>That there is a Secret, and nothing of what is in it.</summary>
    internal sealed record SecretName : KubernetesObject<SecretName>, IKubernetesObject<SecretName>
    {
        public static ResourceDefinition Resource => Secret.Resource;

        public static JsonTypeInfo<SecretName> JsonTypeInfo => Context.Default.SecretName;

        public static bool IsMetadataOnly => true;
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
    [JsonSerializable(typeof(SecretName))]
    private sealed partial class Context : JsonSerializerContext;
}
