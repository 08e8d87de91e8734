using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.Api.Runtime;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Agents.Usage;

/// <summary>The newest report of one process of an agent.</summary>
/// <param name="Report">What it said.</param>
/// <param name="Pod">Name of its pod; null when that was not noted.</param>
internal sealed record StoredReport(AgentReport Report, string? Pod)
{
    /// <summary>Field that names the pod.</summary>
    private const string PodField = "pod";

    /// <summary>A report as its ConfigMap keeps it.</summary>
    public static string Format(AgentReport report, string pod)
    {
        JsonObject json = JsonSerializer.SerializeToNode(report, RuntimeJsonContext.Default.AgentReport)!.AsObject();
        json[PodField] = pod;
        return json.ToJsonString();
    }

    /// <summary>The reports of a ConfigMap: by key, the instance; a value is an <see cref="AgentReport"/> with the field <c>pod</c>. What cannot be read is left out.</summary>
    public static IReadOnlyList<StoredReport> Read(ConfigMap? map)
    {
        List<StoredReport> reports = [];
        foreach ((_, string text) in map?.Data ?? new Dictionary<string, string>())
        {
            try
            {
                using JsonDocument json = JsonDocument.Parse(text);
                if (json.RootElement.Deserialize(RuntimeJsonContext.Default.AgentReport) is { } report)
                {
                    reports.Add(new StoredReport(report, json.RootElement.TryGetProperty(PodField, out JsonElement pod) && pod.ValueKind == JsonValueKind.String ? pod.GetString() : null));
                }
            }
            catch (JsonException)
            {
                // Somebody wrote something else into it.
            }
        }

        return reports;
    }
}
