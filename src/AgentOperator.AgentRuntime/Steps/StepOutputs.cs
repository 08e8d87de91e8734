using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.Api.Runtime;
using AgentOperator.Api.Workflows;

namespace AgentOperator.AgentRuntime.Steps;

/// <summary>From a result to the declared outputs: pure.</summary>
internal static class StepOutputs
{
    private static readonly string[] OfEnvelope = ["result", "reasoning", "confidence", "humanReviewRequired", "nextRole"];

    /// <summary>The object that goes to the operator: outputs by name, and the usage.</summary>
    /// <exception cref="StepFailedException">An output is declared that the result does not have.</exception>
    public static JsonObject Map(StepResult result, IReadOnlyList<StepOutput> declared)
    {
        JsonObject outputs = [];
        List<string> missing = [];
        foreach (StepOutput output in declared)
        {
            if (Find(result, output.Name) is { } value)
            {
                outputs[output.Name] = JsonNode.Parse(value.GetRawText());
            }
            else if (!OfEnvelope.Contains(output.Name) || result.Envelope is null)
            {
                missing.Add(output.Name);
            }
        }

        if (missing.Count > 0)
        {
            string fields = result.Result.ValueKind == JsonValueKind.Object ? string.Join(", ", result.Result.EnumerateObject().Take(20).Select(static field => field.Name)) : "";
            throw new StepFailedException($"The result has no {string.Join(", ", missing)}{(fields.Length > 0 ? $"; it has {fields}" : "; it is no object: declare the output result")}.");
        }

        if (result.Usage is { } usage)
        {
            outputs[RuntimeFiles.UsageKey] = JsonSerializer.SerializeToNode(usage, RuntimeJsonContext.Default.UsageReport);
        }

        return outputs;
    }

    private static JsonElement? Find(StepResult result, string name)
    {
        if (result.Result.ValueKind == JsonValueKind.Object && result.Result.TryGetProperty(name, out JsonElement field))
        {
            return field;
        }

        if (name == "result")
        {
            return result.Result;
        }

        return OfEnvelope.Contains(name) && result.Envelope?.TryGetProperty(name, out JsonElement told) is true ? told : null;
    }
}
