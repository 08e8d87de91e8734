namespace AgentOperator.Bench;

/// <summary>One figure.</summary>
/// <param name="Name">Dotted name, <c>throughput.steps_per_s</c>.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Goal">What is to be reached; null where the figure is only a reference.</param>
internal sealed record Measurement(string Name, double Value, string Unit, double? Goal);
