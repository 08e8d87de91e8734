namespace AgentOperator.Cel.Syntax;

/// <summary>What the parser reads as macros.</summary>
internal sealed record SyntaxOptions(bool Macros = true, bool Blocks = false);
