using System.Text.Json;
using AgentOperator.AgentRuntime.Models;
using AgentOperator.Api.Agents;
using AgentOperator.Testing;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Tests.Models;

/// <summary>What goes over the wire.</summary>
public sealed class RequestTests
{
    private static readonly ChatMessage[] Conversation =
    [
        new(ChatRole.System, "You are a reviewer."),
        new(ChatRole.User, "What is the weather?"),
        new(ChatRole.Assistant, [new TextContent("I look."), new FunctionCallContent("call_1", "get_weather", new Dictionary<string, object?> { ["location"] = "Bonn" }), new FunctionCallContent("call_2", "get_weather", new Dictionary<string, object?> { ["location"] = "Köln" })]),
        new(ChatRole.Tool, [new FunctionResultContent("call_1", "rain")]),
        new(ChatRole.Tool, [new FunctionResultContent("call_2", JsonElement.Parse("""{"sky":"sun"}"""))]),
    ];

    private static readonly ChatOptions Options = new()
    {
        Tools = [Endpoints.Weather],
        ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse("""{"type":"object","properties":{"sky":{"type":"string"}},"required":["sky"],"additionalProperties":false}"""), "weather"),
        AllowMultipleToolCalls = true,
    };

    [Fact(Timeout = Limits.Hang)]
    public async Task OpenAI_gets_messages_tools_and_the_schema_of_the_answer()
    {
        (string path, IReadOnlyDictionary<string, string> headers, JsonElement body) = await SentAsync(ModelProviders.OpenAI, maxTokens: 100);

        path.ShouldBe("/v1/chat/completions");
        headers["Authorization"].ShouldBe($"Bearer {Endpoints.Key}");
        body.GetProperty("model").GetString().ShouldBe("gpt-4.1");
        body.GetProperty("max_completion_tokens").GetInt32().ShouldBe(100);
        body.GetProperty("messages").EnumerateArray().Select(static message => message.GetProperty("role").GetString()).ShouldBe(["system", "user", "assistant", "tool", "tool"]);
        JsonElement call = body.GetProperty("messages")[2].GetProperty("tool_calls")[1];
        call.GetProperty("id").GetString().ShouldBe("call_2");
        call.GetProperty("function").GetProperty("arguments").GetString().ShouldBe("""{"location":"Köln"}""");
        body.GetProperty("messages")[4].GetProperty("content").GetString().ShouldBe("""{"sky":"sun"}""");
        body.GetProperty("tools")[0].GetProperty("function").GetProperty("parameters").GetProperty("required")[0].GetString().ShouldBe("location");
        body.GetProperty("response_format").GetProperty("json_schema").GetProperty("name").GetString().ShouldBe("weather");
        body.GetProperty("parallel_tool_calls").GetBoolean().ShouldBeTrue();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Compatible_servers_get_the_name_of_the_limit_that_they_know()
    {
        JsonElement body = (await SentAsync(ModelProviders.OpenAICompatible, maxTokens: 100)).Body;

        body.GetProperty("max_tokens").GetInt32().ShouldBe(100);
        body.TryGetProperty("max_completion_tokens", out _).ShouldBeFalse();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Anthropic_gets_the_results_of_parallel_calls_in_one_message_and_the_schema_of_the_answer()
    {
        (string path, IReadOnlyDictionary<string, string> headers, JsonElement body) = await SentAsync(ModelProviders.Anthropic, maxTokens: 100);

        path.ShouldBe("/v1/messages");
        headers["x-api-key"].ShouldBe(Endpoints.Key);
        headers.Keys.ShouldNotContain("Authorization");
        body.GetProperty("max_tokens").GetInt32().ShouldBe(100);
        body.GetProperty("system").ToString().ShouldContain("You are a reviewer.");
        body.GetProperty("messages").EnumerateArray().Select(static message => message.GetProperty("role").GetString()).ShouldBe(["user", "assistant", "user"]);
        body.GetProperty("messages")[2].GetProperty("content").EnumerateArray().Select(static result => result.GetProperty("tool_use_id").GetString()).ShouldBe(["call_1", "call_2"]);
        body.GetProperty("tools")[0].GetProperty("name").GetString().ShouldBe("get_weather");
        body.GetProperty("output_config").GetProperty("format").GetProperty("schema").GetProperty("properties").TryGetProperty("sky", out _).ShouldBeTrue();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Without_a_key_a_server_of_ones_own_is_asked_all_the_same()
    {
        await using ModelServer server = await ModelServer.StartAsync(ModelServer.Recorded("compatible/vllm.json"));
        using EndpointChatClient client = Endpoints.One(Endpoints.Of(ModelProviders.OpenAICompatible, server) with { ApiKey = null });

        (await client.AskAsync()).Text.ShouldBe("42");
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData(ModelProviders.Anthropic)]
    [InlineData(ModelProviders.OpenAI)]
    public async Task A_key_from_a_file_may_end_with_a_line_feed(string provider)
    {
        await using ModelServer server = await ModelServer.StartAsync(ModelServer.Recorded($"{provider}/text.json"));
        using EndpointChatClient client = Endpoints.One(Endpoints.Of(provider, server) with { ApiKey = Endpoints.Key + "\n" });

        await client.AskAsync();

        string.Concat(server.Requests.ShouldHaveSingleItem().Headers.Values).ShouldContain(Endpoints.Key);
    }

    [Theory]
    [InlineData(ModelProviders.Anthropic)]
    [InlineData(ModelProviders.OpenAI)]
    public void A_key_that_no_header_can_carry_is_refused_and_not_shown(string provider)
    {
        ModelEndpoint endpoint = new() { Provider = provider, Name = "m", ApiKey = "first\nsecond" };

        string message = Should.Throw<InvalidDataException>(() => Endpoints.One(endpoint)).ToString();

        message.ShouldContain("Model m: its apiKey holds a character that no HTTP header can carry");
        message.ShouldNotContain("second");
    }

    private static async Task<(string Path, IReadOnlyDictionary<string, string> Headers, JsonElement Body)> SentAsync(string provider, int maxTokens)
    {
        string recorded = provider == ModelProviders.Anthropic ? "anthropic" : "openai";
        await using ModelServer server = await ModelServer.StartAsync(ModelServer.Recorded($"{recorded}/text.json"));
        using EndpointChatClient client = Endpoints.One(Endpoints.Of(provider, server) with { MaxTokens = maxTokens });
        await client.GetResponseAsync(Conversation, Options, TestContext.Current.CancellationToken);
        return server.Requests.ShouldHaveSingleItem();
    }
}
