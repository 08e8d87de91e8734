using AgentOperator.Controllers.Queueing;

namespace AgentOperator.Controllers.Tests.Queueing;

/// <summary>One operation of a generated history.</summary>
internal abstract record QueueStep
{
    internal sealed record Add(string Name, WorkPriority Priority) : QueueStep;

    internal sealed record AddAfter(string Name, int Milliseconds) : QueueStep;

    internal sealed record Fail(string Name) : QueueStep;

    internal sealed record Forget(string Name) : QueueStep;

    internal sealed record Take : QueueStep;

    /// <summary>Gives back one of the keys being worked on.</summary>
    internal sealed record Done(int Which) : QueueStep;

    internal sealed record Advance(int Milliseconds) : QueueStep;
}
