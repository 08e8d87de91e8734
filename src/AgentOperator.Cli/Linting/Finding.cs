using AgentOperator.Cli.Linting.Sources;

namespace AgentOperator.Cli.Linting;

/// <summary>One error or warning in a file.</summary>
/// <param name="File">As it was named.</param>
/// <param name="At">Where in it.</param>
/// <param name="Reason">One word, to tell kinds of errors apart.</param>
/// <param name="Path">Place in the object, <c>spec.steps[0].needs</c>; empty for the object or file itself.</param>
/// <param name="Message">What is wrong, and what to do.</param>
/// <param name="Object">The object, <c>workflow/deploy</c>; null when it has no name or the file cannot be read.</param>
/// <param name="IsWarning">True when it would be taken all the same.</param>
internal sealed record Finding(string File, Position At, string Reason, string Path, string Message, string? Object, bool IsWarning = false)
{
    /// <summary>error or warning.</summary>
    public string Severity => IsWarning ? "warning" : "error";
}
