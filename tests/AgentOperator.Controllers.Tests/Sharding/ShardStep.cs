namespace AgentOperator.Controllers.Tests.Sharding;

/// <summary>One event of a generated history. Numbers choose among the replicas, or the requests, that there are.</summary>
internal abstract record ShardStep
{
    internal sealed record Join(int Rate) : ShardStep;

    internal sealed record Tick(int Node) : ShardStep;

    internal sealed record Leave(int Node) : ShardStep;

    internal sealed record Crash(int Node) : ShardStep;

    internal sealed record Begin(int Node, int Slot) : ShardStep;

    internal sealed record EndWork(int Node) : ShardStep;

    internal sealed record Pass(int Milliseconds) : ShardStep;

    /// <summary>A request takes effect and is answered.</summary>
    internal sealed record Answer(int Which) : ShardStep;

    /// <summary>A request takes effect; the answer is still on its way.</summary>
    internal sealed record Apply(int Which) : ShardStep;

    internal sealed record GiveUp(int Which) : ShardStep;

    /// <summary>All goes well for a while: rounds at their time, requests answered.</summary>
    internal sealed record Calm(int Seconds) : ShardStep;

    internal sealed record DeleteMap : ShardStep;

    internal sealed record DeleteMember(int Node) : ShardStep;
}
