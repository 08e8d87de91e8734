namespace AgentOperator.Cli.Logs;

/// <summary>A line of a log as JSON.</summary>
/// <param name="Step">The step; [3] is an item, #2 a second attempt.</param>
/// <param name="Line">What it printed.</param>
internal sealed record LogLine(string Step, string Line);
