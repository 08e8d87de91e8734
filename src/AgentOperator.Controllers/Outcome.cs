namespace AgentOperator.Controllers;

/// <summary>How a reconcile ended, and when the key is wanted again.</summary>
public readonly record struct Outcome
{
    private Outcome(OutcomeKind kind, TimeSpan delay = default, Exception? error = null)
    {
        Kind = kind;
        Delay = delay;
        Error = error;
    }

    /// <summary>Nothing to do until something changes.</summary>
    public static Outcome Done { get; } = new(OutcomeKind.Done);

    /// <summary>Nothing went wrong and the key is wanted at once: what it was decided from has moved on.</summary>
    public static Outcome Again { get; } = new(OutcomeKind.Again);

    public OutcomeKind Kind { get; }

    /// <summary>Wait of <see cref="OutcomeKind.After"/>.</summary>
    public TimeSpan Delay { get; }

    /// <summary>Error of <see cref="OutcomeKind.Retry"/> and <see cref="OutcomeKind.Terminal"/>.</summary>
    public Exception? Error { get; }

    /// <summary>Look again after a time, even if nothing changes.</summary>
    public static Outcome After(TimeSpan delay) => new(OutcomeKind.After, delay);

    /// <summary>Failed: try again with the key's backoff.</summary>
    public static Outcome Retry(Exception error) => new(OutcomeKind.Retry, error: error);

    /// <summary>Failed in a way that only a change can mend.</summary>
    public static Outcome Terminal(Exception error) => new(OutcomeKind.Terminal, error: error);
}
