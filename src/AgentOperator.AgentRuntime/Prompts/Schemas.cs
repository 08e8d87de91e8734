using System.Text.Json;
using AgentOperator.Api.JsonSchemas;

namespace AgentOperator.AgentRuntime.Prompts;

/// <summary>Schemas of the configuration.</summary>
internal static class Schemas
{
    /// <summary>The schema, or null when there is none or it cannot be used; the problems then say why.</summary>
    public static JsonSchema? Parse(JsonElement? schema, string path, List<string> problems)
    {
        if (schema is not { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } given)
        {
            return null;
        }

        JsonSchema? parsed = JsonSchema.TryParse(given, out IReadOnlyList<SchemaProblem> found);
        problems.AddRange(found.Select(problem => $"{path}: {problem}"));
        return parsed;
    }
}
