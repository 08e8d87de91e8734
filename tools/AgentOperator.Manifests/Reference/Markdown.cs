namespace AgentOperator.Manifests.Reference;

/// <summary>Text that Markdown leaves as it is.</summary>
internal static class Markdown
{
    public static string Prose(string text) =>
        text.Replace("<", "&lt;", StringComparison.Ordinal).Replace("*", @"\*", StringComparison.Ordinal);

    /// <summary>In a table, a bar ends the cell.</summary>
    public static string Cell(string text) => Prose(text).Replace("|", @"\|", StringComparison.Ordinal);

    /// <summary>Inside backticks in a table.</summary>
    public static string Code(string text) => text.Replace("|", @"\|", StringComparison.Ordinal);
}
