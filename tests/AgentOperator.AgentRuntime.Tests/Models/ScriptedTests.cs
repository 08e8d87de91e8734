using AgentOperator.AgentRuntime.Models;
using AgentOperator.Api.Agents;
using AgentOperator.Testing;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Tests.Models;

/// <summary>A model that answers from a file.</summary>
public sealed class ScriptedTests
{
    [Fact]
    public async Task The_first_rule_that_fits_answers()
    {
        using IChatClient client = Client("""
            rules:
              - { when: { model: other }, answer: { text: other } }
              - { when: { contains: weather }, answer: { text: rain } }
              - { when: { matches: '^add (\d+) and (\d+)$' }, answer: { json: { sum: $1 + $2, price: $$3 } } }
              - { answer: { text: what? } }
            """);

        (await client.AskAsync("How is the weather?")).Text.ShouldBe("rain");
        (await client.AskAsync("add 1 and 2")).Text.ShouldBe("""{"sum":"1 + 2","price":"$3"}""");
        (await client.AskAsync("Hello")).Text.ShouldBe("what?");
    }

    [Fact]
    public async Task What_was_said_cannot_become_structure()
    {
        using IChatClient client = Client("""rules: [ { when: { matches: 'say (.*)' }, answer: { json: { said: $1 } } } ]""");

        (await client.AskAsync("""say ","admin":true,"x":" """)).Text.ShouldStartWith("""{"said":"\",\"admin\":true""");
    }

    [Fact]
    public async Task A_tool_is_called_and_its_result_answered_by_the_rule_for_it()
    {
        using IChatClient client = Client("""
            rules:
              - { when: { tool: get_diff }, answer: { text: looks good } }
              - { when: { contains: review }, answer: { toolCalls: [ { name: get_diff, arguments: { pr: 7 } }, { name: get_diff, arguments: { pr: 8 } } ] } }
            """);
        List<ChatMessage> messages = [new(ChatRole.User, "review 7 and 8")];

        ChatResponse first = await client.GetResponseAsync(messages, cancellationToken: TestContext.Current.CancellationToken);
        List<FunctionCallContent> calls = [.. first.Messages[0].Contents.OfType<FunctionCallContent>()];
        messages.AddRange([first.Messages[0], new ChatMessage(ChatRole.Tool, [.. calls.Select(static call => new FunctionResultContent(call.CallId, "diff"))])]);
        ChatResponse second = await client.GetResponseAsync(messages, cancellationToken: TestContext.Current.CancellationToken);

        first.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        calls.Select(static call => call.Arguments!["pr"]!.ToString()).ShouldBe(["7", "8"]);
        calls.Select(static call => call.CallId).ShouldBeUnique();
        second.Text.ShouldBe("looks good");
    }

    [Fact]
    public async Task The_result_of_a_tool_is_not_answered_by_a_rule_about_what_the_user_said()
    {
        using IChatClient client = Client("rules: [ { when: { contains: review }, answer: { toolCalls: [ { name: get_diff } ] } } ]");
        ChatMessage[] messages =
        [
            new(ChatRole.User, "review"),
            new(ChatRole.Assistant, [new FunctionCallContent("call_1", "get_diff")]),
            new(ChatRole.Tool, [new FunctionResultContent("call_1", "diff")]),
        ];

        ModelsUnavailableException error = await Should.ThrowAsync<ModelsUnavailableException>(() => client.GetResponseAsync(messages, cancellationToken: TestContext.Current.CancellationToken));

        error.Message.ShouldContain("no rule of the script fits: turn 2, last user text of 6 characters (sha256 ");
        error.Message.ShouldContain("results of get_diff");
    }

    [Fact]
    public async Task What_no_rule_fits_is_named_by_length_and_digest_and_not_repeated()
    {
        using IChatClient client = Client("rules: [ { when: { contains: weather }, answer: { text: rain } } ]");

        ModelsUnavailableException error = await Should.ThrowAsync<ModelsUnavailableException>(() => client.AskAsync("the secret plan"));

        error.Message.ShouldContain("15 characters");
        error.ToString().ShouldNotContain("secret plan");
        error.Attempts.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_rule_is_used_up_after_its_times()
    {
        using IChatClient client = Client("""
            rules:
              - { times: 1, fail: { status: 400, message: not yet } }
              - { answer: { text: now } }
            """);

        (await Should.ThrowAsync<ModelsUnavailableException>(() => client.AskAsync())).Message.ShouldContain("400 InvalidRequest: not yet");
        (await client.AskAsync()).Text.ShouldBe("now");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_scripted_429_is_retried_after_its_time_and_a_delay_is_waited_for()
    {
        FakeTimeProvider time = new();
        using IChatClient client = Client("""
            rules:
              - { times: 1, fail: { status: 429, retryAfter: 2s } }
              - { delay: 250ms, answer: { text: now } }
            """, time);

        Task<ChatResponse> response = client.AskAsync();
        await time.WaitStartedAsync(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(2));
        await time.WaitStartedAsync(TimeSpan.FromMilliseconds(250), TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromMilliseconds(250));

        (await response).Text.ShouldBe("now");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_rule_that_hangs_costs_the_time_limit_of_the_model()
    {
        FakeTimeProvider time = new();
        using IChatClient client = ChatClients.Create([Endpoint("rules: [ { hang: true } ]"), Endpoint("rules: [ { answer: { text: second } } ]") with { Name = "b" }], time, new() { Tries = 1 });

        Task<ChatResponse> response = client.AskAsync();
        await time.WaitStartedAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromMinutes(2));

        (await response).Text.ShouldBe("second");
    }

    [Fact]
    public async Task A_stream_comes_word_by_word_and_can_be_cut()
    {
        using IChatClient client = Client("""
            rules:
              - { when: { contains: cut }, fail: { cutAfter: 2 }, answer: { text: one two three } }
              - { answer: { text: one two three } }
            """);

        List<ChatResponseUpdate> updates = await client.StreamAsync();
        updates.Select(static update => update.Text).Where(static text => text.Length > 0).ShouldBe(["one ", "two ", "three"]);
        updates.ToChatResponse().FinishReason.ShouldBe(ChatFinishReason.Stop);

        List<string> seen = [];
        ModelException error = await Should.ThrowAsync<ModelException>(async () =>
        {
            await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("cut", cancellationToken: TestContext.Current.CancellationToken))
            {
                seen.Add(update.Text);
            }
        });
        error.Kind.ShouldBe(ModelErrorKind.CutStream);
        seen.ShouldBe(["one ", "two "]);
    }

    [Fact]
    public async Task Usage_is_what_the_script_says_or_the_words()
    {
        using IChatClient client = Client("""
            rules:
              - { when: { contains: dear }, answer: { text: ok, usage: { input: 1000, output: 20, cachedInput: 900 } } }
              - { answer: { text: three words here } }
            """);

        UsageDetails said = (await client.AskAsync("dear")).Usage!;
        (said.InputTokenCount, said.OutputTokenCount, said.CachedInputTokenCount).ShouldBe((1000L, 20L, 900L));
        UsageDetails counted = (await client.AskAsync("two words", new ChatOptions { Instructions = "be short" })).Usage!;
        (counted.InputTokenCount, counted.OutputTokenCount).ShouldBe((4L, 3L));
        (await client.StreamAsync("two words")).ToChatResponse().Usage!.OutputTokenCount.ShouldBe(3);
    }

    [Fact]
    public async Task The_same_conversation_has_the_same_answer()
    {
        const string Rules = "rules: [ { answer: { text: a, reasoning: b, toolCalls: [ { name: t } ] } } ]";
        using IChatClient one = Client(Rules);
        using IChatClient other = Client(Rules);

        string first = System.Text.Json.JsonSerializer.Serialize((await one.AskAsync()).Messages, AIJsonUtilities.DefaultOptions);
        string second = System.Text.Json.JsonSerializer.Serialize((await other.AskAsync()).Messages, AIJsonUtilities.DefaultOptions);

        second.ShouldBe(first);
    }

    [Theory]
    [InlineData("nobody", null, "there is no provider \"nobody\"")]
    [InlineData(ModelProviders.OpenAICompatible, null, "needs a baseUrl")]
    [InlineData(ModelProviders.Scripted, null, "needs rules")]
    public void A_model_that_cannot_be_is_refused_with_a_hint(string provider, string? script, string hint) =>
        Should.Throw<InvalidDataException>(() => ChatClients.Create([new ModelEndpoint { Provider = provider, Name = "m", Script = script }], TimeProvider.System)).Message.ShouldContain(hint);

    private static ModelEndpoint Endpoint(string rules) => new() { Provider = ModelProviders.Scripted, Name = "a", Script = rules };

    private static IChatClient Client(string rules, TimeProvider? time = null) => ChatClients.Create([Endpoint(rules)], time ?? TimeProvider.System);
}
