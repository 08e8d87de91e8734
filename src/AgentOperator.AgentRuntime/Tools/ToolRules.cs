using System.Text.Json;
using AgentOperator.Api.JsonSchemas;
using AgentOperator.Api.Runtime;

namespace AgentOperator.AgentRuntime.Tools;

/// <summary>Which of a server's tools are used: allow list, bounds, readable schemas.</summary>
internal static class ToolRules
{
    /// <summary>Most tools of one server.</summary>
    public const int MaxTools = 200;

    private const int MaxNamed = 5;
    private const int MaxDescription = 4096;
    private const int MaxSchema = 64 * 1024;

    public static TimeSpan TimeoutOf(RuntimeTool tool) => tool.TimeoutMilliseconds is { } given and > 0 ? TimeSpan.FromMilliseconds(given) : TimeSpan.FromMinutes(1);

    /// <summary>The tools that may be used, and what is wrong with the others. With <paramref name="isCut"/> the server had more than was read.</summary>
    public static FoundTools Choose(
        RuntimeTool server, IEnumerable<(string Name, string? Description, JsonElement? Schema)> offered, bool isCut, Func<string, JsonElement, CancellationToken, Task<ToolResult>> call)
    {
        List<ToolDefinition> tools = [];
        List<string> refused = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        int left = 0;
        foreach ((string name, string? description, JsonElement? schema) in offered)
        {
            if (!seen.Add(name) || (server.Allow is { } allowed && !allowed.Contains(name)))
            {
                continue;
            }

            if (tools.Count == MaxTools)
            {
                left++;
                continue;
            }

            JsonElement form = schema ?? JsonElement.Parse("""{"type":"object"}""");
            if (Refuse(name, form, out JsonSchema? arguments) is { } reason)
            {
                refused.Add($"{Shown(name)}: {reason}");
                continue;
            }

            tools.Add(new ToolDefinition
            {
                Name = name,
                Server = server.Name,
                ServerName = name,
                Description = description is { Length: > MaxDescription } ? description[..MaxDescription] : description ?? "",
                InputSchema = form,
                Arguments = arguments,
                RequiresApproval = server.RequireApproval.Contains(name),
                Timeout = TimeoutOf(server),
                CallAsync = (values, cancellation) => call(name, values, cancellation),
            });
        }

        List<string> problems = [];
        if (refused.Count > 0)
        {
            problems.Add($"{refused.Count} left out: {string.Join("; ", refused.Take(MaxNamed))}{(refused.Count > MaxNamed ? "; …" : "")}");
        }

        if (left > 0 || isCut)
        {
            problems.Add($"it offers more than {MaxTools} tools, of which the first {MaxTools} are used: name those you need in allow");
        }

        if (server.Allow?.Except(seen, StringComparer.Ordinal).ToList() is { Count: > 0 } missing)
        {
            problems.Add($"it has no {string.Join(", ", missing.Take(MaxNamed))}");
        }

        return new FoundTools(tools, problems.Count == 0 ? null : Shown(string.Join(". ", problems), 1000));
    }

    private static string? Refuse(string name, JsonElement schema, out JsonSchema? arguments)
    {
        arguments = null;
        if (name.Length is 0 or > 128)
        {
            return "its name must have 1 to 128 characters";
        }

        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out JsonElement type) || type.ValueKind != JsonValueKind.String || type.GetString() != "object")
        {
            return "its inputSchema is not the schema of an object";
        }

        if (schema.GetRawText().Length > MaxSchema)
        {
            return $"its inputSchema is larger than {MaxSchema} characters";
        }

        arguments = JsonSchema.TryParse(schema, out IReadOnlyList<SchemaProblem> problems);
        return problems.Count == 0 ? null : $"its inputSchema cannot be used ({problems[0]})";
    }

    private static string Shown(string text, int most = 64) => text.Length > most ? $"{text[..most]}…" : text;
}
