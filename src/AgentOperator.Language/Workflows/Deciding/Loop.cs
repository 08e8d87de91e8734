namespace AgentOperator.Workflows.Deciding;

/// <summary>A way back and all steps between its ends.</summary>
/// <param name="Head">The step that it goes back to.</param>
/// <param name="Tail">The step that goes back.</param>
/// <param name="Body">Both of them and all on a path between.</param>
internal sealed record Loop(string Head, string Tail, IReadOnlySet<string> Body);
