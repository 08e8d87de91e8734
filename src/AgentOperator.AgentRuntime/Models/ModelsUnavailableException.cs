namespace AgentOperator.AgentRuntime.Models;

/// <summary>None of an agent's models answered: one line a model, safe to show.</summary>
internal sealed class ModelsUnavailableException(IReadOnlyList<ModelAttempt> attempts) : Exception(Describe(attempts))
{
    /// <summary>All tries in their order.</summary>
    public IReadOnlyList<ModelAttempt> Attempts { get; } = attempts;

    /// <summary>The shortest time after which a provider wants to be asked again.</summary>
    public TimeSpan? RetryAfter { get; } = attempts.Min(static attempt => attempt.RetryAfter);

    private static string Describe(IReadOnlyList<ModelAttempt> attempts) =>
        "No model answered:" + string.Concat(attempts
            .GroupBy(static attempt => $"{attempt.Provider}/{attempt.Model}")
            .Select(static model => $"\n{model.Key}: {Line([.. model])}"));

    private static string Line(IReadOnlyList<ModelAttempt> tries)
    {
        ModelAttempt last = tries[^1];
        string status = last.Status is { } code ? $"{code} " : "";
        string count = tries.Count > 1 ? $" (after {tries.Count} tries)" : "";
        return last.Error is { } error ? $"{status}{error}: {last.Reason}{count}" : $"{last.Reason}{count}";
    }
}
