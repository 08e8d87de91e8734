using System.Globalization;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Runtime;

namespace AgentOperator.Agents;

/// <summary>Variables through which secrets reach the runtime: their names are in its configuration, their values never.</summary>
internal static class SecretVariables
{
    /// <summary>Secrets by name of the variable.</summary>
    public static IReadOnlyDictionary<string, ObjectKeySelector> Of(AgentSpec spec) => Join(Of(spec.Models ?? []), Of([.. (spec.Tools ?? []).Where(static tool => tool.Mcp is not null).Select(static tool => tool.Mcp!)]));

    public static IReadOnlyDictionary<string, ObjectKeySelector> Of(IReadOnlyList<AgentModel> models) => models
        .Select(static (model, index) => (Name: OfModel(index), Key: model.ApiKey?.SecretKeyRef))
        .Where(static variable => variable.Key is not null)
        .ToDictionary(static variable => variable.Name, static variable => variable.Key!, StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, ObjectKeySelector> Of(IReadOnlyList<McpServer> servers) => servers
        .SelectMany(static (server, index) => (server.Headers ?? []).Select((header, place) => (Name: OfHeader(index, place), Key: header.ValueFrom?.SecretKeyRef)))
        .Where(static variable => variable.Key is not null)
        .ToDictionary(static variable => variable.Name, static variable => variable.Key!, StringComparer.Ordinal);

    public static string OfModel(int index) => string.Create(CultureInfo.InvariantCulture, $"AGENTOPERATOR_MODEL_{index}_KEY");

    /// <param name="server">Place among the agent's MCP servers.</param>
    /// <param name="header">Place among its headers.</param>
    public static string OfHeader(int server, int header) => string.Create(CultureInfo.InvariantCulture, $"AGENTOPERATOR_MCP_{server}_HEADER_{header}");

    /// <summary>An MCP server as the runtime gets it.</summary>
    public static RuntimeTool ToolOf(McpServer server, int index) => new()
    {
        Name = server.Name,
        Url = server.Url,
        Command = server.Command,
        Headers = [.. (server.Headers ?? []).Select((header, place) => new RuntimeHeader { Name = header.Name, Value = header.Value, Variable = header.ValueFrom is null ? null : OfHeader(index, place) })],
    };

    private static Dictionary<string, ObjectKeySelector> Join(IReadOnlyDictionary<string, ObjectKeySelector> one, IReadOnlyDictionary<string, ObjectKeySelector> other) =>
        one.Concat(other).ToDictionary(static pair => pair.Key, static pair => pair.Value, StringComparer.Ordinal);
}
