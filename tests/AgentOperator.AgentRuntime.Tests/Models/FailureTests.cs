using System.Globalization;
using AgentOperator.AgentRuntime.Models;
using AgentOperator.Api.Agents;
using AgentOperator.Testing;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Tests.Models;

/// <summary>What providers and networks do wrong has one name each, and says nothing that must stay secret.</summary>
public sealed class FailureTests
{
    public static TheoryData<string, int, string, string> Statuses
    {
        get
        {
            (int Status, string Type, string Message, ModelErrorKind Kind)[] cases =
            [
                (400, "invalid_request_error", "messages: roles must alternate", ModelErrorKind.InvalidRequest),
                (400, "invalid_request_error", "prompt is too long: 208310 tokens > 200000 maximum", ModelErrorKind.ContextTooLong),
                (400, "context_length_exceeded", "This model's maximum context length is 8192 tokens.", ModelErrorKind.ContextTooLong),
                (401, "authentication_error", "invalid x-api-key", ModelErrorKind.Unauthorized),
                (403, "permission_error", "not allowed", ModelErrorKind.Unauthorized),
                (404, "not_found_error", "model: claude-sonnet-4-5", ModelErrorKind.NotFound),
                (408, "timeout_error", "too slow", ModelErrorKind.Timeout),
                (413, "request_too_large", "Request exceeds the maximum size", ModelErrorKind.ContextTooLong),
                (429, "rate_limit_error", "Number of requests has exceeded your per-minute rate limit", ModelErrorKind.RateLimited),
                (500, "api_error", "Internal server error", ModelErrorKind.Overloaded),
                (529, "overloaded_error", "Overloaded", ModelErrorKind.Overloaded),
            ];
            TheoryData<string, int, string, string> data = [];
            foreach ((int status, string type, string message, ModelErrorKind kind) in cases)
            {
                string body = $$$"""{"type":"error","error":{"type":"{{{type}}}","message":"{{{message}}}","code":"{{{type}}}"}}""";
                data.Add(ModelProviders.Anthropic, status, body, kind.ToString());
                data.Add(ModelProviders.OpenAI, status, body, kind.ToString());
            }

            return data;
        }
    }

    [Theory(Timeout = Limits.Hang)]
    [MemberData(nameof(Statuses))]
    public async Task A_status_becomes_a_kind_and_one_request_is_one_request(string provider, int status, string body, string kind)
    {
        await using ModelServer server = await ModelServer.StartAsync(ModelServer.Json(body, status));
        using EndpointChatClient client = Endpoints.One(provider, server);

        ModelException whole = await Should.ThrowAsync<ModelException>(() => client.AskAsync());
        ModelException streamed = await Should.ThrowAsync<ModelException>(() => client.StreamAsync());

        whole.Kind.ToString().ShouldBe(kind);
        whole.Status.ShouldBe(status);
        streamed.Kind.ToString().ShouldBe(kind);
        server.Requests.Count.ShouldBe(2);
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData("retry-after", "7")]
    [InlineData("retry-after-ms", "7000")]
    public async Task Retry_after_is_read(string header, string value)
    {
        await using ModelServer server = await ModelServer.StartAsync(ModelServer.Json("""{"error":{"message":"slow down"}}""", 429, (header, value)));
        using EndpointChatClient client = Endpoints.One(ModelProviders.OpenAI, server);

        (await Should.ThrowAsync<ModelException>(() => client.AskAsync())).RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Retry_after_may_be_a_date()
    {
        FakeTimeProvider time = new();
        string date = time.GetUtcNow().AddSeconds(20).ToString("r", CultureInfo.InvariantCulture);
        await using ModelServer server = await ModelServer.StartAsync(ModelServer.Json("{}", 503, ("retry-after", date)));
        using EndpointChatClient client = ChatClients.CreateOne(Endpoints.Of(ModelProviders.Anthropic, server), AgentRuntime.Models.Http.ModelHttp.CreateHandler(), time);

        (await Should.ThrowAsync<ModelException>(() => client.AskAsync())).RetryAfter.ShouldBe(TimeSpan.FromSeconds(20));
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData(ModelProviders.Anthropic, "content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"!\"")]
    [InlineData(ModelProviders.OpenAI, "data: {\"id\":\"chatcmpl-123\",\"object\":\"chat.completion.chunk\",\"created\":1694268190,\"model\":\"gpt-4.1-mini\",\"system_fingerprint\":\"fp_44709d6fcb\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"!\"")]
    public async Task A_stream_that_breaks_or_ends_early_is_a_cut_stream(string provider, string before)
    {
        await using ModelServer server = await ModelServer.StartAsync(ModelServer.CutBefore($"{provider}/text.sse", before), ModelServer.EndBefore($"{provider}/text.sse", before));
        using EndpointChatClient client = Endpoints.One(provider, server);

        (await Should.ThrowAsync<ModelException>(() => client.StreamAsync())).Kind.ShouldBe(ModelErrorKind.CutStream);
        (await Should.ThrowAsync<ModelException>(() => client.StreamAsync())).Kind.ShouldBe(ModelErrorKind.CutStream);
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData(ModelProviders.Anthropic)]
    [InlineData(ModelProviders.OpenAI)]
    public async Task An_error_inside_a_stream_has_its_kind(string provider)
    {
        await using ModelServer server = await ModelServer.StartAsync(ModelServer.Recorded($"{provider}/overloaded.sse"));
        using EndpointChatClient client = Endpoints.One(provider, server);

        (await Should.ThrowAsync<ModelException>(() => client.StreamAsync())).Kind.ShouldBe(ModelErrorKind.Overloaded);
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData(ModelProviders.Anthropic, "<html>a proxy</html>")]
    [InlineData(ModelProviders.OpenAI, "<html>a proxy</html>")]
    [InlineData(ModelProviders.Anthropic, "[]")]
    [InlineData(ModelProviders.OpenAI, "[]")]
    [InlineData(ModelProviders.Anthropic, "{}")]
    [InlineData(ModelProviders.OpenAI, "{}")]
    [InlineData(ModelProviders.Anthropic, "")]
    [InlineData(ModelProviders.OpenAI, "")]
    [InlineData(ModelProviders.OpenAI, """{"choices":[{"message":{"tool_calls":[{}]}}]}""")]
    public async Task Nonsense_is_a_bad_answer(string provider, string body)
    {
        await using ModelServer server = await ModelServer.StartAsync(ModelServer.Json(body));
        using EndpointChatClient client = Endpoints.One(provider, server);

        (await Should.ThrowAsync<ModelException>(() => client.AskAsync())).Kind.ShouldBe(ModelErrorKind.BadAnswer);
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData(ModelProviders.Anthropic)]
    [InlineData(ModelProviders.OpenAI)]
    public async Task An_endless_answer_is_given_up(string provider)
    {
        await using ModelServer server = await ModelServer.StartAsync(ModelServer.Endless);
        using EndpointChatClient client = Endpoints.One(provider, server);

        ModelException error = await Should.ThrowAsync<ModelException>(() => client.AskAsync());

        error.Kind.ShouldBe(ModelErrorKind.BadAnswer);
        error.Message.ShouldContain("32 MiB");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_server_that_is_not_there_is_a_network_error()
    {
        ModelServer server = await ModelServer.StartAsync();
        ModelEndpoint endpoint = Endpoints.Of(ModelProviders.Anthropic, server);
        await server.DisposeAsync();
        using EndpointChatClient client = Endpoints.One(endpoint);

        (await Should.ThrowAsync<ModelException>(() => client.AskAsync())).Kind.ShouldBe(ModelErrorKind.Network);
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData(ModelProviders.Anthropic, 401)]
    [InlineData(ModelProviders.OpenAI, 401)]
    [InlineData(ModelProviders.OpenAICompatible, 500)]
    public async Task Neither_key_nor_prompt_is_in_any_error_even_when_the_server_echoes_them(string provider, int status)
    {
        const string Prompt = "The patient Jane Doe, born on the second of May, complains about headaches.";
        string body = $$$"""{"error":{"message":"Incorrect API key provided: {{{Endpoints.Key}}}. Header was Bearer {{{Endpoints.Key}}}; sk-other***wxyz. Your message was: {{{Prompt}}}"}}""";
        await using ModelServer server = await ModelServer.StartAsync(ModelServer.Json(body, status, ("x-echo", Endpoints.Key)));
        using EndpointChatClient one = Endpoints.One(provider, server);
        using IChatClient all = ChatClients.Create([Endpoints.Of(provider, server)], TimeProvider.System, new() { Tries = 1 });

        string texts = await Should.ThrowAsync<ModelException>(() => one.AskAsync(Prompt)) + (await Should.ThrowAsync<ModelsUnavailableException>(() => all.AskAsync(Prompt))).ToString();

        texts.ShouldNotContain(Endpoints.Key);
        texts.ShouldNotContain("wxyz");
        texts.ShouldNotContain("Jane Doe");
        texts.ShouldNotContain("headaches");
        texts.ShouldContain("Incorrect API key provided: [key]");
        Endpoints.Of(provider, server).ToString().ShouldNotContain(Endpoints.Key);
    }
}
