using AgentOperator.AgentRuntime.Models;
using AgentOperator.AgentRuntime.Models.Fallback;
using AgentOperator.Api.Agents;
using AgentOperator.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Tests.Models;

/// <summary>Several models in order: what is tried again, what goes to the next model, what the caller learns.</summary>
public sealed class FallbackTests
{
    private static readonly FallbackOptions Quick = new() { Delay = TimeSpan.Zero };

    private static readonly Func<HttpContext, Task> Claude = ModelServer.Recorded("anthropic/text.json");
    private static readonly Func<HttpContext, Task> Gpt = ModelServer.Recorded("openai/text.json");

    [Fact(Timeout = Limits.Hang)]
    public async Task A_passing_failure_is_tried_again_on_the_same_model()
    {
        await using ModelServer first = await ModelServer.StartAsync(Error(529), Error(500), Claude);
        await using ModelServer second = await ModelServer.StartAsync(Gpt);
        using IChatClient client = Two(first, second, TimeProvider.System);

        ChatResponse response = await client.AskAsync();

        response.AdditionalProperties![ModelProperties.Provider].ShouldBe(ModelProviders.Anthropic);
        Attempts(response).Select(static attempt => attempt.Status).ShouldBe([529, 500, null]);
        Attempts(response)[^1].Usage!.OutputTokenCount.ShouldBe(15);
        second.Requests.ShouldBeEmpty();
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    public async Task A_refusal_for_good_goes_to_the_next_model_at_once(int status)
    {
        await using ModelServer first = await ModelServer.StartAsync(Error(status));
        await using ModelServer second = await ModelServer.StartAsync(Gpt);
        using IChatClient client = Two(first, second, TimeProvider.System);

        ChatResponse response = await client.AskAsync();

        response.AdditionalProperties![ModelProperties.Provider].ShouldBe(ModelProviders.OpenAI);
        response.AdditionalProperties[ModelProperties.Model].ShouldBe("gpt-4.1");
        Attempts(response).Select(static attempt => attempt.Status).ShouldBe([status, null]);
        first.Requests.Count.ShouldBe(1);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task When_all_failed_each_model_has_one_line_with_its_reason()
    {
        await using ModelServer first = await ModelServer.StartAsync(Error(529));
        await using ModelServer second = await ModelServer.StartAsync(Error(401));
        using IChatClient client = Two(first, second, TimeProvider.System);

        ModelsUnavailableException error = await Should.ThrowAsync<ModelsUnavailableException>(() => client.AskAsync());

        error.Message.ShouldBe("No model answered:\nanthropic/claude-sonnet-4-5: 529 Overloaded: it failed (after 3 tries)\nopenai/gpt-4.1: 401 Unauthorized: it failed");
        (await Should.ThrowAsync<ModelsUnavailableException>(() => client.StreamAsync())).Attempts.Count.ShouldBe(4);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Retry_after_is_waited_for()
    {
        FakeTimeProvider time = new();
        await using ModelServer server = await ModelServer.StartAsync(Error(429, "12"), Claude);
        using IChatClient client = ChatClients.Create([Endpoints.Of(ModelProviders.Anthropic, server)], time);

        Task<ChatResponse> response = client.AskAsync();
        await time.WaitStartedAsync(TimeSpan.FromSeconds(12), TestContext.Current.CancellationToken);
        server.Requests.Count.ShouldBe(1);
        time.Advance(TimeSpan.FromSeconds(12));

        (await response).Text.ShouldBe("Hi! My name is Claude.");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_provider_that_wants_to_be_left_alone_for_long_is_not_waited_for()
    {
        await using ModelServer first = await ModelServer.StartAsync(Error(429, "3600"));
        await using ModelServer second = await ModelServer.StartAsync(Gpt, Error(400));
        using IChatClient client = Two(first, second, TimeProvider.System);

        (await client.AskAsync()).AdditionalProperties![ModelProperties.Provider].ShouldBe(ModelProviders.OpenAI);

        (await Should.ThrowAsync<ModelsUnavailableException>(() => client.AskAsync())).RetryAfter.ShouldBe(TimeSpan.FromHours(1));
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_server_that_never_answers_costs_one_time_limit_and_then_the_next_model_answers()
    {
        FakeTimeProvider time = new();
        await using ModelServer first = await ModelServer.StartAsync(ModelServer.Silence);
        await using ModelServer second = await ModelServer.StartAsync(Gpt);
        using IChatClient client = Two(first, second, time, new FallbackOptions { Tries = 1 });

        Task<ChatResponse> response = client.AskAsync();
        await Eventually.HoldsAsync(() => !first.Requests.IsEmpty, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromMinutes(1));

        ChatResponse answered = await response;
        Attempts(answered)[0].Error.ShouldBe(ModelErrorKind.Timeout);
        Attempts(answered)[0].Reason.ShouldBe("no answer within 60 s");
        answered.AdditionalProperties![ModelProperties.Provider].ShouldBe(ModelProviders.OpenAI);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_model_that_fails_again_and_again_is_not_asked_for_a_while()
    {
        FakeTimeProvider time = new();
        await using ModelServer first = await ModelServer.StartAsync(Error(500));
        await using ModelServer second = await ModelServer.StartAsync(Gpt);
        FallbackOptions options = new() { Tries = 1, BreakerCalls = 2 };
        using IChatClient client = Two(first, second, time, options);

        await client.AskAsync();
        await client.AskAsync();
        ChatResponse open = await client.AskAsync();
        first.Requests.Count.ShouldBe(2);
        Attempts(open)[0].Reason!.ShouldContain("not asked");

        time.Advance(options.BreakerPause + TimeSpan.FromSeconds(1));
        await client.AskAsync();
        first.Requests.Count.ShouldBe(3);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_stream_cut_before_its_first_content_falls_over()
    {
        await using ModelServer first = await ModelServer.StartAsync(ModelServer.CutBefore("anthropic/text.sse", "event: content_block_delta"));
        await using ModelServer second = await ModelServer.StartAsync(ModelServer.Recorded("openai/text.sse"));
        using IChatClient client = Two(first, second, TimeProvider.System);

        ChatResponse response = (await client.StreamAsync()).ToChatResponse();

        response.Text.ShouldBe("Hello!");
        response.AdditionalProperties![ModelProperties.Provider].ShouldBe(ModelProviders.OpenAI);
        Attempts(response).Select(static attempt => attempt.Error).ShouldBe([ModelErrorKind.CutStream, ModelErrorKind.CutStream, ModelErrorKind.CutStream, null]);
        response.Usage!.InputTokenCount.ShouldBe(100);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_stream_cut_after_its_first_content_is_an_error_and_no_second_answer_is_mixed_in()
    {
        await using ModelServer first = await ModelServer.StartAsync(ModelServer.CutBefore("anthropic/text.sse", "event: content_block_stop"));
        await using ModelServer second = await ModelServer.StartAsync(ModelServer.Recorded("openai/text.sse"));
        using IChatClient client = Two(first, second, TimeProvider.System);

        (await Should.ThrowAsync<ModelException>(() => client.StreamAsync())).Kind.ShouldBe(ModelErrorKind.CutStream);

        second.Requests.ShouldBeEmpty();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_stream_that_stands_still_after_its_first_content_is_cut()
    {
        FakeTimeProvider time = new();
        await using ModelServer first = await ModelServer.StartAsync(ModelServer.StallBefore("anthropic/text.sse", "event: content_block_stop"));
        using IChatClient client = ChatClients.Create([Endpoints.Of(ModelProviders.Anthropic, first) with { Timeout = TimeSpan.FromSeconds(45) }], time);
        await using IAsyncEnumerator<ChatResponseUpdate> updates = client.GetStreamingResponseAsync("Hello", cancellationToken: TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        string text = "";
        Task<bool> next = updates.MoveNextAsync().AsTask();
        while (text != "Hello!")
        {
            (await next).ShouldBeTrue();
            text += updates.Current.Text;
            next = updates.MoveNextAsync().AsTask();
        }

        await time.WaitStartedAsync(TimeSpan.FromSeconds(45), TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(45));

        (await Should.ThrowAsync<ModelException>(() => next)).Message.ShouldBe("the stream stood still for 45 s");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_caller_that_gives_up_is_not_a_failure_of_the_model()
    {
        await using ModelServer first = await ModelServer.StartAsync(ModelServer.Silence);
        await using ModelServer second = await ModelServer.StartAsync(Gpt);
        using IChatClient client = Two(first, second, TimeProvider.System);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        Task<ChatResponse> response = client.GetResponseAsync("Hello", cancellationToken: stop.Token);
        await Eventually.HoldsAsync(() => !first.Requests.IsEmpty, TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => response);
        second.Requests.ShouldBeEmpty();
    }

    private static IReadOnlyList<ModelAttempt> Attempts(ChatResponse response) => (IReadOnlyList<ModelAttempt>)response.AdditionalProperties![ModelProperties.Attempts]!;

    private static Func<HttpContext, Task> Error(int status, string? retryAfter = null) =>
        ModelServer.Json("""{"error":{"type":"error","message":"it failed"}}""", status, retryAfter is null ? [] : [("retry-after", retryAfter)]);

    private static IChatClient Two(ModelServer claude, ModelServer gpt, TimeProvider time, FallbackOptions? options = null) =>
        ChatClients.Create([Endpoints.Of(ModelProviders.Anthropic, claude), Endpoints.Of(ModelProviders.OpenAI, gpt)], time, options ?? Quick);
}
