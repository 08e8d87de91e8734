namespace AgentOperator.AgentRuntime.Tools;

/// <summary>Texts of tools, bounded.</summary>
internal static class ToolTexts
{
    /// <summary>Most characters of a result that a model sees.</summary>
    public const int MaxResult = 256 * 1024;

    private const int MaxError = 500;

    public static ToolResult Bounded(ToolResult result) =>
        result.Text.Length <= MaxResult ? result : result with { Text = $"{result.Text[..MaxResult]}\n[cut: the result has {result.Text.Length} characters, of which these are the first {MaxResult}]" };

    /// <summary>What an exception says, on one short line.</summary>
    public static string Describe(Exception error)
    {
        string text = error.Message.ReplaceLineEndings(" ");
        return text.Length > MaxError ? text[..MaxError] : text;
    }
}
