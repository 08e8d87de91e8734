using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.Api.Runtime;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Agents.Usage;

/// <summary>The newest report of one process of an agent.</summary>
/// <param name="Report">What it said.</param>
/// <param name="Pod">Name of its pod; null when that was not noted.</param>
/// <param name="ReceivedAt">When the operator got it; null when that was not noted.</param>
internal sealed record StoredReport(AgentReport Report, string? Pod, DateTimeOffset? ReceivedAt = null)
{
    private const string PodField = "pod";
    private const string ReceivedField = "receivedAt";

    /// <summary>A report as its ConfigMap keeps it.</summary>
    public static string Format(AgentReport report, string? pod, DateTimeOffset? receivedAt)
    {
        JsonObject json = JsonSerializer.SerializeToNode(report, RuntimeJsonContext.Default.AgentReport)!.AsObject();
        json[PodField] = pod;
        json[ReceivedField] = receivedAt?.ToString("O", CultureInfo.InvariantCulture);
        return json.ToJsonString();
    }

    /// <summary>The reports of a ConfigMap: a value is an <see cref="AgentReport"/> with the fields <c>pod</c> and <c>receivedAt</c>. What is none is left out.</summary>
    public static IReadOnlyList<StoredReport> Read(ConfigMap? map) =>
        [.. (map?.Data ?? new Dictionary<string, string>()).Values.Select(Read).OfType<StoredReport>()];

    /// <summary>One of them; null when it is none.</summary>
    public static StoredReport? Read(string? text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text ?? "");
            AgentReport? report = json.RootElement.Deserialize(RuntimeJsonContext.Default.AgentReport);
            return ReportCheck.Problem(report) is null ? new StoredReport(report!, Text(json.RootElement, PodField), TimeOf(Text(json.RootElement, ReceivedField))) : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Somebody wrote something else into it; half a surrogate pair is an InvalidOperationException.
            return null;
        }
    }

    private static string? Text(JsonElement json, string field) => json.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? TimeOf(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
}
