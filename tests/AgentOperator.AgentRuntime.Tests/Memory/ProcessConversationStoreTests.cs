using AgentOperator.AgentRuntime.Memory;
using AgentOperator.Api.Agents;
using AgentOperator.Kube.Models;
using AgentOperator.Testing;

namespace AgentOperator.AgentRuntime.Tests.Memory;

public sealed class ProcessConversationStoreTests
{
    private readonly FakeTimeProvider _time = new();

    private ProcessConversationStore Store(int window = 4) => new(new AgentMemory { Window = window, Ttl = new Duration("1h") }, _time);

    private static Task AddAsync(ProcessConversationStore store, string id, string text) => store.AppendAsync(id, [new RememberedTurn("user", text), new RememberedTurn("assistant", $"re {text}")], default).AsTask();

    private static async Task<string> TextAsync(ProcessConversationStore store, string id) => string.Join(',', (await store.ReadAsync(id, default)).Select(static turn => turn.Text));

    [Fact]
    public async Task The_window_keeps_the_newest()
    {
        ProcessConversationStore store = Store(window: 3);
        await AddAsync(store, "a", "1");
        await AddAsync(store, "a", "2");
        await AddAsync(store, "b", "x");
        (await TextAsync(store, "a")).ShouldBe("re 1,2,re 2");
    }

    [Fact]
    public async Task A_silent_conversation_is_forgotten_and_a_lively_one_is_not()
    {
        ProcessConversationStore store = Store();
        await AddAsync(store, "silent", "1");
        await AddAsync(store, "lively", "1");
        _time.Advance(TimeSpan.FromMinutes(40));
        await AddAsync(store, "lively", "2");
        _time.Advance(TimeSpan.FromMinutes(40));
        (await TextAsync(store, "silent")).ShouldBe("");
        (await TextAsync(store, "lively")).ShouldBe("1,re 1,2,re 2");
    }

    [Fact]
    public async Task Conversations_are_bounded_in_number_and_size()
    {
        ProcessConversationStore store = Store();
        for (int i = 0; i <= ProcessConversationStore.MaxConversations; i++)
        {
            await AddAsync(store, $"{i}", "x");
        }

        (await TextAsync(store, "0")).ShouldBe("");
        (await TextAsync(store, "1")).ShouldBe("x,re x");
        string big = new('y', (int)(ProcessConversationStore.MaxCharacters / 2));
        await AddAsync(store, "big", big);
        (await TextAsync(store, "1")).ShouldBe("");
        (await store.ReadAsync("big", default)).Count.ShouldBe(2);
    }
}
