using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.AgentRuntime.Tests.Hosting;
using AgentOperator.Testing;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace AgentOperator.AgentRuntime.Tests.Serving;

public sealed class McpTests
{
    private const string Skill = """
        "skills":[{"name":"review","description":"Reviews","input":{"type":"object","properties":{"code":{"type":"string"}},"required":["code"]},"output":{"type":"object","properties":{"ok":{"type":"boolean"}},"required":["ok"]}}]
        """;

    private static Task<McpClient> ConnectAsync(RunningAgent agent, string? version) => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri(agent.Url, "/mcp"), TransportMode = HttpTransportMode.StreamableHttp }),
        new McpClientOptions { ProtocolVersion = version });

    [Theory(Timeout = Limits.Hang)]
    [InlineData(null)]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Skills_are_tools_in_every_version(string? version)
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(new FakeModel(FakeModel.Says("""{"result":{"ok":true},"confidence":0.5}""")), RunningAgent.Config(Skill));
        await using McpClient client = await ConnectAsync(agent, version);
        McpClientTool tool = (await client.ListToolsAsync()).ShouldHaveSingleItem();
        tool.Name.ShouldBe("review");
        tool.ReturnJsonSchema.ShouldNotBeNull();
        CallToolResult result = await tool.CallAsync(new Dictionary<string, object?> { ["code"] = "x" });
        result.IsError.ShouldNotBe(true);
        result.StructuredContent!.Value.GetProperty("ok").GetBoolean().ShouldBeTrue();
        result.Meta!["agentoperator.dev/envelope"]!["confidence"]!.GetValue<double>().ShouldBe(0.5);
        if (version is not null)
        {
            client.NegotiatedProtocolVersion.ShouldBe(version);
        }
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Bad_input_is_an_error_result_and_an_unknown_tool_an_error()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(new FakeModel(FakeModel.Says("x")), RunningAgent.Config(Skill));
        await using McpClient client = await ConnectAsync(agent, null);
        CallToolResult result = await client.CallToolAsync("review", new Dictionary<string, object?> { ["code"] = 1 });
        result.IsError.ShouldBe(true);
        result.Content[0].ShouldBeOfType<TextContentBlock>().Text.ShouldContain("BadInput");
        await Should.ThrowAsync<McpException>(async () => await client.CallToolAsync("nothing"));
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task The_callers_trace_comes_in_meta()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(new FakeModel(FakeModel.Says("""{"ok":true}""")), RunningAgent.Config(Skill));
        await using McpClient client = await ConnectAsync(agent, null);
        CallToolResult result = await client.CallToolAsync(new CallToolRequestParams
        {
            Name = "review",
            Arguments = new Dictionary<string, JsonElement> { ["code"] = JsonElement.Parse("\"x\"") },
            Meta = new JsonObject { ["traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" },
        });
        result.Meta!["agentoperator.dev/envelope"]!["traceId"]!.GetValue<string>().ShouldBe("0af7651916cd43dd8448eb211c80319c");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_body_that_is_no_message_and_a_get_are_refused()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(new FakeModel(FakeModel.Says("x")));
        ((int)(await agent.Http.PostAsync("/mcp", new StringContent("nonsense"))).StatusCode).ShouldBe(400);
        ((int)(await agent.Http.GetAsync("/mcp")).StatusCode).ShouldBe(405);
    }
}
