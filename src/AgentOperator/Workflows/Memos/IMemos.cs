namespace AgentOperator.Workflows.Memos;

/// <summary>Earlier successes, as far as they are known here.</summary>
internal interface IMemos
{
    /// <summary>The newest success of some work; null when there is none.</summary>
    /// <param name="ns">Namespace.</param>
    /// <param name="digest">Of the work and what it is given.</param>
    Memo? Find(string ns, string digest);
}
