namespace AgentOperator.AgentRuntime.Memory;

/// <summary>What is remembered of conversations. Who loses a race loses a turn of memory and nothing else.</summary>
internal interface IConversationStore
{
    /// <summary>The newest turns, oldest first.</summary>
    ValueTask<IReadOnlyList<RememberedTurn>> ReadAsync(string contextId, CancellationToken cancellation);

    ValueTask AppendAsync(string contextId, IReadOnlyList<RememberedTurn> turns, CancellationToken cancellation);
}
