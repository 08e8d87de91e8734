using System.Globalization;

namespace AgentOperator.Workflows.Deciding;

/// <summary>One attempt within a run.</summary>
internal readonly record struct AttemptId(string Step, int Attempt)
{
    public StepPart Part { get; init; }

    public int Visit { get; init; } = 1;

    /// <summary>The item of a forEach, from 0, where it has a Job of its own.</summary>
    public int? Item { get; init; }

    /// <summary>Text of the work that the attempt is one try at: step, visit, and what else there is to tell it by.</summary>
    public string Work => string.Create(CultureInfo.InvariantCulture, $"{Step}{(Part == StepPart.Compensations ? "/compensate" : "")}/{Visit}{(Item is { } item ? $"/item-{item}" : "")}");
}
