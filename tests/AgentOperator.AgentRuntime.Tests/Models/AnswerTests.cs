using AgentOperator.AgentRuntime.Models;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Prices;
using AgentOperator.Testing;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Tests.Models;

/// <summary>Answers of both wire formats arrive alike.</summary>
public sealed class AnswerTests
{
    [Theory(Timeout = Limits.Hang)]
    [InlineData(ModelProviders.Anthropic, "Hi! My name is Claude.", "msg_013Zva2CMHLNnXjNJJKqJ2EF", "claude-sonnet-4-5-20250929", 2125, 15, 2000, 100, 0)]
    [InlineData(ModelProviders.OpenAI, "Hello! How can I assist you today?", "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT", "gpt-4.1-2025-04-14", 2006, 300, 1920, 0, 256)]
    public async Task Text_comes_with_its_id_model_finish_reason_and_all_token_counts(
        string provider, string text, string id, string model, long input, long output, long cached, long written, long reasoning)
    {
        await using ModelServer server = await ModelServer.StartAsync(ModelServer.Recorded($"{provider}/text.json"));
        using EndpointChatClient client = Endpoints.One(provider, server);

        ChatResponse response = await client.AskAsync();

        response.Text.ShouldBe(text);
        response.ResponseId.ShouldBe(id);
        response.ModelId.ShouldBe(model);
        response.FinishReason.ShouldBe(ChatFinishReason.Stop);
        ModelUsage.Of(response.Usage).ShouldBe(new TokenUsage { Input = input, Output = output, CachedInput = cached, CacheWrite = written, Reasoning = reasoning });
        response.AdditionalProperties![ModelProperties.Provider].ShouldBe(provider);
        response.AdditionalProperties[ModelProperties.ProviderName].ShouldBe(provider);
        response.AdditionalProperties[ModelProperties.ServerPort].ShouldBe(server.Address.Port);
        client.GetService<ChatClientMetadata>()!.ProviderName.ShouldBe(provider);
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData(ModelProviders.Anthropic, "toolu_01A09q90qw90lq917835lq9", "San Francisco, CA")]
    [InlineData(ModelProviders.OpenAI, "call_abc123", "Boston, MA")]
    public async Task Parallel_tool_calls_arrive_with_their_arguments(string provider, string id, string location)
    {
        await using ModelServer server = await ModelServer.StartAsync(ModelServer.Recorded($"{provider}/tools.json"));
        using EndpointChatClient client = Endpoints.One(provider, server);

        ChatResponse response = await client.AskAsync();

        response.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        List<FunctionCallContent> calls = [.. response.Messages[0].Contents.OfType<FunctionCallContent>()];
        calls.Select(static call => call.Name).ShouldBe(["get_weather", "get_time"]);
        calls[0].CallId.ShouldBe(id);
        calls[0].Arguments!["location"]!.ToString().ShouldBe(location);
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData(ModelProviders.Anthropic)]
    [InlineData(ModelProviders.OpenAI)]
    public async Task A_stream_passes_text_piece_by_piece_and_ends_with_its_usage(string provider)
    {
        await using ModelServer server = await ModelServer.StartAsync(ModelServer.Recorded($"{provider}/text.sse"));
        using EndpointChatClient client = Endpoints.One(provider, server);

        List<ChatResponseUpdate> updates = await client.StreamAsync();

        updates.Select(static update => update.Text).Where(static text => text.Length > 0).ShouldBe(["Hello", "!"]);
        ChatResponse response = updates.ToChatResponse();
        response.FinishReason.ShouldBe(ChatFinishReason.Stop);
        ModelUsage.Of(response.Usage).ShouldBe(new TokenUsage { Input = 100, Output = 15, CachedInput = 75 });
        response.AdditionalProperties![ModelProperties.Model].ShouldBe(client.Endpoint.Name);
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData(ModelProviders.Anthropic)]
    [InlineData(ModelProviders.OpenAI)]
    public async Task A_stream_puts_the_pieces_of_tool_calls_together(string provider)
    {
        await using ModelServer server = await ModelServer.StartAsync(ModelServer.Recorded($"{provider}/tools.sse"));
        using EndpointChatClient client = Endpoints.One(provider, server);

        ChatResponse response = (await client.StreamAsync()).ToChatResponse();

        response.Text.ShouldBe("Okay");
        response.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        List<FunctionCallContent> calls = [.. response.Messages[0].Contents.OfType<FunctionCallContent>()];
        calls.Count.ShouldBe(2);
        calls[0].Arguments!["location"]!.ToString().ShouldBe("San Francisco, CA");
        calls[1].Arguments!["zone"]!.ToString().ShouldBe("PST");
        response.Usage!.OutputTokenCount.ShouldBe(89);
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData("compatible/ollama.json", "get_weather get_time")]
    [InlineData("compatible/gemini.sse", "get_weather get_time")]
    [InlineData("compatible/ollama.sse", "get_weather get_time")]
    [InlineData("compatible/vllm.json", "")]
    public async Task What_compatible_servers_write_differently_is_understood(string file, string names)
    {
        await using ModelServer server = await ModelServer.StartAsync(ModelServer.Recorded(file));
        using EndpointChatClient client = Endpoints.One(ModelProviders.OpenAICompatible, server);

        ChatResponse response = file.EndsWith(".sse", StringComparison.Ordinal) ? (await client.StreamAsync()).ToChatResponse() : await client.AskAsync();

        List<FunctionCallContent> calls = [.. response.Messages[0].Contents.OfType<FunctionCallContent>()];
        string.Join(' ', calls.Select(static call => call.Name)).ShouldBe(names);
        calls.Select(static call => call.CallId).ShouldBeUnique();
        calls.ShouldAllBe(static call => call.CallId.Length > 0 && call.Exception == null);
        calls.Take(1).ShouldAllBe(static call => call.Arguments!["location"]!.ToString()!.StartsWith("Boston"));
        response.FinishReason.ShouldBe(names.Length > 0 ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Reasoning_of_compatible_servers_is_kept_apart_and_usage_may_be_missing()
    {
        await using ModelServer server = await ModelServer.StartAsync(ModelServer.Recorded("compatible/vllm.json"), ModelServer.Recorded("compatible/ollama.json"));
        using EndpointChatClient client = Endpoints.One(ModelProviders.OpenAICompatible, server);

        ChatResponse vllm = await client.AskAsync();
        ChatResponse ollama = await client.AskAsync();

        vllm.Text.ShouldBe("42");
        vllm.Messages[0].Contents.OfType<TextReasoningContent>().ShouldHaveSingleItem().Text.ShouldBe("Six times seven.");
        ModelUsage.Of(vllm.Usage).ShouldBe(new TokenUsage { Input = 12, Output = 28 });
        ModelUsage.Of(ollama.Usage).ShouldBeNull();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Bad_arguments_are_told_in_the_call_and_do_not_end_the_answer()
    {
        string body = ModelServer.Read("openai/tools.json").Replace("{\\n\\\"location\\\": \\\"Boston, MA\\\"\\n}", "{\\\"location\\\": ", StringComparison.Ordinal);
        await using ModelServer server = await ModelServer.StartAsync(ModelServer.Json(body));
        using EndpointChatClient client = Endpoints.One(ModelProviders.OpenAI, server);

        List<FunctionCallContent> calls = [.. (await client.AskAsync()).Messages[0].Contents.OfType<FunctionCallContent>()];

        calls[0].Exception.ShouldNotBeNull();
        calls[1].Exception.ShouldBeNull();
    }

    [Theory]
    [InlineData("https://me.openai.azure.com/openai/v1", "azure.ai.openai")]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/openai", "gcp.gemini")]
    [InlineData("http://vllm.models:8000/v1", "openai_compatible")]
    public void A_compatible_server_is_named_as_telemetry_spells_it(string url, string name) =>
        Endpoints.One(new ModelEndpoint { Provider = ModelProviders.OpenAICompatible, Name = "m", BaseUrl = new Uri(url) }).GetService<ChatClientMetadata>()!.ProviderName.ShouldBe(name);
}
