namespace AgentOperator.Cli.Linting.Sources;

/// <summary>A field of an object.</summary>
internal sealed record SourceMember(string Name, Position At, SourceNode Value);
