using System.Text.Json.Nodes;
using AgentOperator.AgentRuntime.Tools;
using AgentOperator.Api.Runtime;

namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>A2A 1.0 AgentCard.</summary>
internal sealed record AgentCard
{
    private static readonly string[] Modes = ["application/json", "text/plain"];

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required IReadOnlyList<AgentCardInterface> SupportedInterfaces { get; init; }

    public required string Version { get; init; }

    public required AgentCardCapabilities Capabilities { get; init; }

    public IReadOnlyList<string> DefaultInputModes { get; } = Modes;

    public IReadOnlyList<string> DefaultOutputModes { get; } = Modes;

    public required IReadOnlyList<AgentCardSkill> Skills { get; init; }

    /// <summary>The card of an agent that is reached at <paramref name="url"/>, which has no slash at its end.</summary>
    public static AgentCard Create(RuntimeConfig config, string url)
    {
        JsonObject schemas = [];
        foreach (Api.Agents.AgentSkill skill in config.Skills)
        {
            JsonObject forms = [];
            if (skill.Input is { } input)
            {
                forms["input"] = JsonNode.Parse(input.GetRawText());
            }

            if (skill.Output is { } output)
            {
                forms["output"] = JsonNode.Parse(output.GetRawText());
            }

            schemas[skill.Name] = forms;
        }

        return new AgentCard
        {
            Name = config.Name,
            Description = config.Description ?? config.Role ?? config.Name,
            SupportedInterfaces =
            [
                new AgentCardInterface { Url = $"{url}/a2a", ProtocolBinding = "JSONRPC", ProtocolVersion = "1.0" },
                new AgentCardInterface { Url = $"{url}/a2a", ProtocolBinding = "HTTP+JSON", ProtocolVersion = "1.0" },
            ],
            Version = config.Revision ?? "0",
            Capabilities = new AgentCardCapabilities { Extensions = [new AgentCardExtension { Uri = A2AExtensions.SkillSchemas, Description = "JSON Schemas of each skill's input and output.", Params = JsonValues.Of(schemas) }] },
            Skills = [.. config.Skills.Select(skill => new AgentCardSkill
            {
                Id = skill.Name,
                Name = skill.Name,
                Description = skill.Description ?? skill.Name,
                Tags = [.. skill.Tags ?? [], .. config.Capabilities.Except(skill.Tags ?? [], StringComparer.Ordinal)],
            })],
        };
    }
}
