using System.Collections.Frozen;

namespace AgentOperator.Cel.Syntax;

/// <summary>Words that are no variables and no functions, so that languages around CEL may have them.</summary>
internal static class Reserved
{
    public static FrozenSet<string> Words { get; } = new[]
    {
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while",
    }.ToFrozenSet(StringComparer.Ordinal);
}
