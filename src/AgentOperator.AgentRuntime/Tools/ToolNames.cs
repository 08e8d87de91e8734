namespace AgentOperator.AgentRuntime.Tools;

/// <summary>Names that models take: at most 64 letters, digits, hyphens and underscores.</summary>
internal static class ToolNames
{
    private const int MaxLength = 64;

    /// <summary>All tools under names of their own: the server's name goes before those that two servers have.</summary>
    public static IReadOnlyList<ToolDefinition> Unique(IEnumerable<ToolDefinition> tools)
    {
        ToolDefinition[] all = [.. tools];
        HashSet<string> twice = [.. all.GroupBy(static tool => Clean(tool.ServerName), StringComparer.Ordinal).Where(static group => group.Count() > 1).Select(static group => group.Key)];
        HashSet<string> taken = new(StringComparer.Ordinal);
        List<ToolDefinition> named = [];
        foreach (ToolDefinition tool in all)
        {
            string plain = Clean(tool.ServerName);
            string name = twice.Contains(plain) ? Clean($"{tool.Server}_{tool.ServerName}") : plain;
            for (int i = 2; !taken.Add(name); i++)
            {
                string suffix = $"_{i}";
                name = $"{name[..Math.Min(name.Length, MaxLength - suffix.Length)]}{suffix}";
            }

            named.Add(tool with { Name = name });
        }

        return named;
    }

    private static string Clean(string name)
    {
        string cleaned = string.Concat(name.Take(MaxLength).Select(static character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' ? character : '_'));
        return cleaned.Length == 0 ? "_" : cleaned;
    }
}
