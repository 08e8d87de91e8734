using System.Text.Json;
using AgentOperator.Api.JsonSchemas;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Tools;

/// <summary>A tool that the model may call.</summary>
internal sealed record ToolDefinition
{
    /// <summary>Name that the model knows: at most 64 letters, digits, hyphens and underscores, unique in the agent.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the server or agent.</summary>
    public required string Server { get; init; }

    /// <summary>Name on the server.</summary>
    public required string ServerName { get; init; }

    public string Description { get => field ?? ""; init; }

    public required JsonElement InputSchema { get; init; }

    /// <summary>Null when arguments are left to the server to check.</summary>
    public JsonSchema? Arguments { get; init; }

    public bool RequiresApproval { get; init; }

    /// <summary>Longest time of one call.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Calls the tool with an object of arguments.</summary>
    public required Func<JsonElement, CancellationToken, Task<ToolResult>> CallAsync { get; init; }

    /// <summary>The tool as clients of models take it.</summary>
    public AITool Declaration => field ??= AIFunctionFactory.CreateDeclaration(Name, Description, InputSchema, returnJsonSchema: null);
}
