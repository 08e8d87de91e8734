using System.Text.Json;

namespace AgentOperator.EndToEnd.Clients;

/// <summary>npm @modelcontextprotocol/sdk against an agent's /mcp.</summary>
[Trait("Cluster", "local")]
[Collection(typeof(WithDeployedAgents))]
public sealed class McpClientTests(DeployedAgents agents)
{
    [Fact]
    public async Task Its_client_finds_the_skills_as_tools_and_calls_them()
    {
        JsonElement seen = await agents.RunAsync("mcp/client.mjs", "code-reviewer", "/mcp", "review.analyze");

        JsonElement initialized = seen.GetProperty("initialize");
        initialized.GetProperty("server").GetProperty("name").GetString().ShouldBe("code-reviewer");
        initialized.GetProperty("instructions").GetString().ShouldBe("Reviews a change and says what is wrong with it.");
        initialized.GetProperty("protocol").GetString().ShouldBe("2025-11-25");
        seen.GetProperty("ping").EnumerateObject().ShouldBeEmpty();

        JsonElement tool = seen.GetProperty("tools").EnumerateArray().ShouldHaveSingleItem();
        tool.GetProperty("name").GetString().ShouldBe("review.analyze");
        tool.GetProperty("description").GetString().ShouldBe("Reviews a unified diff.");
        tool.GetProperty("inputSchema").GetProperty("required")[0].GetString().ShouldBe("diff");
        tool.GetProperty("outputSchema").GetProperty("properties").GetProperty("verdict").GetProperty("enum")[0].GetString().ShouldBe("approve");

        JsonElement call = seen.GetProperty("call");
        call.GetProperty("structuredContent").GetProperty("verdict").GetString().ShouldBe("approve");
        JsonElement.DeepEquals(JsonElement.Parse(call.GetProperty("content")[0].GetProperty("text").GetString()!), call.GetProperty("structuredContent")).ShouldBeTrue();
        call.GetProperty("_meta").GetProperty("agentoperator.dev/envelope").GetProperty("turns").GetInt32().ShouldBe(2);
        call.GetProperty("progress").EnumerateArray().Select(static happening => happening.GetProperty("message").GetString()).ShouldBe(["scan started", "scan ended"]);
        seen.GetProperty("sideBySide").EnumerateArray().Select(static verdict => verdict.GetString()).ShouldBe(Enumerable.Repeat("approve", 8));
        seen.GetProperty("close").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Its_client_is_told_what_is_wrong()
    {
        JsonElement seen = await agents.RunAsync("mcp/client.mjs", "code-reviewer", "/mcp", "review.analyze");

        Refusal(seen, "badInput").ShouldContain("/diff: must be of type string");
        Refusal(seen, "noInput").ShouldContain("must have the property \"diff\"");
        Refusal(seen, "largeInput").ShouldContain("larger than 262144 bytes");
        Error(seen, "unknownTool").GetProperty("code").GetInt32().ShouldBe(-32602);
        Error(seen, "unknownTool").GetProperty("message").GetString()!.ShouldContain("no.such.tool");
        Error(seen, "resources").GetProperty("code").GetInt32().ShouldBe(-32601);
    }

    private static string Refusal(JsonElement seen, string part)
    {
        JsonElement result = seen.GetProperty(part);
        result.GetProperty("isError").GetBoolean().ShouldBeTrue(part);
        return result.GetProperty("content")[0].GetProperty("text").GetString()!;
    }

    private static JsonElement Error(JsonElement seen, string part) => seen.GetProperty(part).GetProperty("error");
}
