using AgentOperator.Cli.Linting.Sources;

namespace AgentOperator.Cli.Linting;

/// <summary>One error in a file.</summary>
/// <param name="File">As it was named.</param>
/// <param name="At">Where in it.</param>
/// <param name="Reason">One word, to tell kinds of errors apart.</param>
/// <param name="Path">Place in the object, <c>spec.steps[0].needs</c>; empty for the object or file itself.</param>
/// <param name="Message">What is wrong, and what to do.</param>
/// <param name="Object">The object, <c>workflow/deploy</c>; null when it has no name or the file cannot be read.</param>
internal sealed record Finding(string File, Position At, string Reason, string Path, string Message, string? Object);
