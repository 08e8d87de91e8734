using System.Text.Json;
using AgentOperator.Api.Runtime;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Results;

/// <summary>What an attempt gave the operator through its channel.</summary>
/// <param name="ConfigMap">The object that keeps it.</param>
/// <param name="Text">One JSON object keyed by output name.</param>
internal sealed record PostedResult(string ConfigMap, string Text)
{
    /// <summary>Key of the ConfigMap.</summary>
    public const string Key = "result";

    /// <summary>Most bytes, which a ConfigMap can hold too.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Name of the ConfigMap of an attempt's Job.</summary>
    public static string NameOf(string job) => $"{job}-result";

    /// <summary>True when the attempt failed and brought only what it used.</summary>
    public bool IsError { get; } = HasError(Text);

    /// <summary>Whether a posted text is of an attempt that failed.</summary>
    public static bool HasError(string text)
    {
        if (!text.Contains(RuntimeFiles.ErrorKey, StringComparison.Ordinal))
        {
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(RuntimeFiles.ErrorKey, out _);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // As below: it is said where the outputs are read.
            return false;
        }
    }

    /// <summary>What calls of models used, as the runtime reports it beside the outputs; null when there is no word of it.</summary>
    public static StepUsage? Usage(string? text)
    {
        if (string.IsNullOrEmpty(text) || !text.Contains(RuntimeFiles.UsageKey, StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(RuntimeFiles.UsageKey, out JsonElement usage)
                && usage.Deserialize(RuntimeJsonContext.Default.UsageReport) is { } report
                ? new StepUsage { Requests = report.Requests, InputTokens = report.InputTokens, OutputTokens = report.OutputTokens, CostMicros = report.CostMicros, Currency = report.Currency, UnpricedRequests = report.UnpricedRequests > 0 ? report.UnpricedRequests : null }
                : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // What it is instead of JSON, or that half of a surrogate pair is in it, is said where its outputs are read.
            return null;
        }
    }
}
