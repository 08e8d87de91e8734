namespace AgentOperator.Workflows.Deciding;

/// <summary>What an expression gave: a value, a problem, or nothing yet because values must be loaded first.</summary>
internal readonly record struct Answer<T>
{
    public Answer(T value)
    {
        Value = value;
        IsKnown = true;
    }

    public Answer(string problem)
    {
        Problem = problem;
        IsKnown = true;
    }

    /// <summary>False while values are missing: the decision will be made anew.</summary>
    public bool IsKnown { get; }

    public T? Value { get; }

    /// <summary>Why there is no value; null when there is one.</summary>
    public string? Problem { get; }
}
