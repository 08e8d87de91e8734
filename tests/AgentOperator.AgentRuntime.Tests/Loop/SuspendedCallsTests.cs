using AgentOperator.AgentRuntime.Loop;
using AgentOperator.AgentRuntime.Tools;
using AgentOperator.Testing;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Tests.Loop;

public sealed class SuspendedCallsTests
{
    private readonly SuspendedCalls _calls = new(new FakeTimeProvider());

    private void Add(string id, long characters) => _calls.Add(new CallState
    {
        Skill = null!,
        CallId = id,
        ContextId = "c",
        Messages = [new ChatMessage(ChatRole.User, new string('x', (int)characters))],
        UserText = "",
        Tools = ToolSet.Empty,
        Options = new ChatOptions(),
    });

    [Fact]
    public void Large_calls_make_the_oldest_go()
    {
        Add("a", SuspendedCalls.MaxCharacters / 2);
        Add("b", SuspendedCalls.MaxCharacters / 2);
        Add("c", 1);

        _calls.Take("a").ShouldBeNull();
        _calls.Take("b").ShouldNotBeNull();
        Add("d", SuspendedCalls.MaxCharacters / 2);
        _calls.Take("c").ShouldNotBeNull();
        _calls.Take("d").ShouldNotBeNull();
    }
}
