namespace AgentOperator.Controllers;

/// <summary>The kinds of <see cref="Outcome"/>.</summary>
public enum OutcomeKind
{
    Done,
    Again,
    After,
    Retry,
    Terminal,
}
