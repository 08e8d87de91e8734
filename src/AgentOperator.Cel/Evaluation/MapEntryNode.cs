namespace AgentOperator.Cel.Evaluation;

/// <summary>An entry of a map that is being made.</summary>
internal sealed record MapEntryNode(int Offset, Node Key, Node Value, bool IsOptional);
