using System.Collections.Frozen;

namespace AgentOperator.Manifests.Yaml;

/// <summary>Words that YAML 1.1 or 1.2 reads as a boolean or null.</summary>
internal static class YamlWords
{
    private static readonly FrozenSet<string> Reserved =
        new[] { "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool IsReserved(string text) => Reserved.Contains(text);
}
