namespace AgentOperator.Workflows.Triggers.Deciding;

/// <summary>What is to be noted on an event that was decided on.</summary>
/// <param name="Delivery">Name of its ConfigMap.</param>
/// <param name="ResourceVersion">Version that was decided from.</param>
/// <param name="Outcome">What became of it, in one line.</param>
internal sealed record EventMark(string Delivery, string? ResourceVersion, string Outcome);
