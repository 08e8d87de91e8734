using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Tests.Serving;
using AgentOperator.Workflows.Items.Keeping;
using AgentOperator.Workflows.Results;

namespace AgentOperator.Tests.Workflows.Results;

public sealed class OutputLoaderTests
{
    private static readonly JsonElement Kept = JsonElement.Parse("\"sha256:x\"");

    [Theory]
    [InlineData("""{"image":"sha256:x"}""", true)]
    [InlineData("""{"image":"sha256:y"}""", false)]
    [InlineData("oops", false)]
    [InlineData("[1]", false)]
    [InlineData("""{"image":"\ud800"}""", false)]
    [InlineData("""{"\ud800":1}""", false)]
    public async Task A_result_that_somebody_has_replaced_is_lost_and_not_tried_for_ever(string text, bool isThere)
    {
        (await LoadAsync("result", PostedResult.Key, text, new OutputReference { ConfigMap = "result", Sha256 = OutputSpill.Digest(Kept), Bytes = 10 }) is not null).ShouldBe(isThere);
    }

    [Theory]
    [InlineData("""{"image":"sha256:x"}""", true)]
    [InlineData("oops", false)]
    [InlineData("[1]", false)]
    [InlineData("""{"image":"\ud800"}""", false)]
    [InlineData("""{"\ud800":1}""", false)]
    public async Task Neither_is_one_of_an_item(string text, bool isThere)
    {
        OutputReference list = new() { ConfigMap = "items", Sha256 = OutputSpill.Digest(JsonElement.Parse("[\"sha256:x\"]")), Bytes = 12, Items = new ItemsReference { Total = 1, Places = "0" } };
        (await LoadAsync("items-0", "0", text, list) is not null).ShouldBe(isThere);
    }

    private static async Task<JsonElement?> LoadAsync(string name, string key, string text, OutputReference reference)
    {
        ConfigMap map = new() { Metadata = new ObjectMeta { Name = name, Namespace = "n" }, Data = new Dictionary<string, string> { [key] = text } };
        await using FakeApi api = await FakeApi.StartAsync((_, path) => path.EndsWith($"/configmaps/{name}", StringComparison.Ordinal) ? (200, JsonSerializer.Serialize(map, ConfigMap.JsonTypeInfo)) : null);
        using KubeClient client = api.Connect();
        return await new OutputLoader(client, new ResultLogs(client)).LoadAsync("n", reference, TestContext.Current.CancellationToken);
    }
}
