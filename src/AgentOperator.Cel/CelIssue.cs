namespace AgentOperator.Cel;

/// <summary>Why an expression does not compile, and where.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The character in the line, from 1.</param>
/// <param name="Offset">The index into the text.</param>
/// <param name="Message">What is wrong, and where it can be said, what to do.</param>
public sealed record CelIssue(int Line, int Column, int Offset, string Message)
{
    /// <summary><c>1:14: undeclared reference to 'foo'</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Line}:{Column}: {Message}");
}
