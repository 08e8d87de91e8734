namespace AgentOperator.Workflows.Templates;

/// <summary>What a path names.</summary>
/// <param name="Source">Where the value comes from.</param>
/// <param name="Step">The step; null when the value is of none.</param>
/// <param name="Name">Name of the param or output; else the last part of the path.</param>
internal sealed record ValuePath(ValueSource Source, string? Step, string Name)
{
    public override string ToString() => Source switch
    {
        ValueSource.Param => $"params.{Name}",
        ValueSource.Output => $"steps.{Step}.outputs.{Name}",
        ValueSource.StepPhase => $"steps.{Step}.phase",
        ValueSource.Previous => $"previous.{Step}.outputs.{Name}",
        ValueSource.Visit => "visit",
        ValueSource.Item => Name,
        _ => $"run.{Name}",
    };
}
