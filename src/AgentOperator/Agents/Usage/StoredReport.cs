using System.Text.Json;
using AgentOperator.Api.Runtime;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Agents.Usage;

/// <summary>The newest report of one process of an agent.</summary>
/// <param name="Report">What it said.</param>
/// <param name="Pod">Name of its pod; null when that was not noted.</param>
internal sealed record StoredReport(AgentReport Report, string? Pod)
{
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
                    reports.Add(new StoredReport(report, json.RootElement.TryGetProperty("pod", out JsonElement pod) && pod.ValueKind == JsonValueKind.String ? pod.GetString() : null));
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
