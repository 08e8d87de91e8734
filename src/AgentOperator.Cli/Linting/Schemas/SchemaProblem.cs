using AgentOperator.Cli.Linting.Sources;

namespace AgentOperator.Cli.Linting.Schemas;

/// <summary>What a schema, or a check behind it, has against a value.</summary>
internal sealed record SchemaProblem(Position At, string Path, string Reason, string Message, bool IsWarning = false);
