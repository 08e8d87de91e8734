using AgentOperator.AgentRuntime.Serving.A2A;
using AgentOperator.Testing;

namespace AgentOperator.AgentRuntime.Tests.Serving;

public sealed class TaskStoreTests
{
    private const int Half = (int)(TaskStore.MaxCharacters / 2);

    private readonly TaskStore _store = new(new FakeTimeProvider());

    private TaskEntry Add(int characters)
    {
        TaskEntry entry = _store.Add(contextId: null);
        entry.Hear(new A2AMessage { MessageId = "m", Role = "ROLE_USER", Parts = [A2APart.Of(new string('x', characters))] });
        return entry;
    }

    [Fact]
    public void Large_tasks_that_are_over_make_room()
    {
        TaskEntry over = Add(Half);
        over.TrySet(A2AStates.Completed);
        TaskEntry underWay = Add(Half);
        TaskEntry next = Add(1);

        Should.Throw<A2AException>(() => _store.Get(over.Task.Id));
        _store.Get(underWay.Task.Id).ShouldBe(underWay);
        _store.Get(next.Task.Id).ShouldBe(next);
    }

    [Fact]
    public void Large_tasks_under_way_refuse_the_next_one()
    {
        Add(Half);
        Add(Half);
        Should.Throw<A2AException>(() => _store.Add(contextId: null)).Message.ShouldContain("call again later");
    }
}
