namespace AgentOperator.Workflows.Templates;

/// <summary>What a <c>{{ }}</c> names: a param, or an output of a step.</summary>
/// <param name="Step">The step; null for a param.</param>
/// <param name="Name">Name of the param or output.</param>
internal sealed record ValuePath(string? Step, string Name)
{
    public override string ToString() => Step is null ? $"params.{Name}" : $"steps.{Step}.outputs.{Name}";
}
