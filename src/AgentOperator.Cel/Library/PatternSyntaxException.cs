namespace AgentOperator.Cel.Library;

/// <summary>A pattern is not one that RE2 takes.</summary>
internal sealed class PatternSyntaxException(string message) : Exception(message);
