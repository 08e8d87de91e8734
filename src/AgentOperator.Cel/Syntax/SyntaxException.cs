namespace AgentOperator.Cel.Syntax;

/// <summary>The text is no expression.</summary>
internal sealed class SyntaxException(int offset, string message) : Exception(message)
{
    public int Offset => offset;
}
