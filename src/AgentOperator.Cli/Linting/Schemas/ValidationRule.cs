namespace AgentOperator.Cli.Linting.Schemas;

/// <summary>A rule in CEL (x-kubernetes-validations).</summary>
internal sealed record ValidationRule(string Rule, string? Message, string? MessageExpression, string? FieldPath);
