using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Results;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Results of a run as a whole, made when it succeeds.</summary>
internal static class RunOutputs
{
    /// <summary>The status with them, or what has to be loaded first. A result that cannot be made fails the run.</summary>
    public static (WorkflowStatus Status, IReadOnlyList<OutputReference> Missing) Of(WorkflowStatus status, Observed seen, long? generation, DateTimeOffset now)
    {
        if (status is not { Phase: WorkflowPhases.Succeeded, Outputs: null, RunSpec.Outputs: { Count: > 0 } wanted })
        {
            return (status, []);
        }

        OutputReference[] references =
        [
            .. wanted
                .SelectMany(static output => JsonTemplate.Texts(output.Name, output.Value))
                .SelectMany(static text => TemplateText.Parse(text.Text).References)
                .Select(path => ReferencedOutputs.Find(path, status))
                .Where(static reference => reference is not null)
                .Select(static reference => reference!),
        ];
        OutputReference[] missing = [.. references.Where(reference => !seen.Loaded.ContainsKey(reference.Sha256) && !seen.Lost.Contains(reference.Sha256))];
        if (missing.Length > 0)
        {
            return (status, missing);
        }

        (IReadOnlyDictionary<string, JsonElement>? outputs, string? problem) = Array.Find(references, reference => seen.Lost.Contains(reference.Sha256)) is { } lost
            ? (null, $"ConfigMap {lost.ConfigMap}, which holds a result of this run, is gone or was changed")
            : Make(wanted, new RunScope(status, seen.Loaded));
        return (problem is null ? status with { Outputs = outputs } : RunSummary.BadOutputs(status, problem, generation, now), []);
    }

    private static (IReadOnlyDictionary<string, JsonElement>? Outputs, string? Problem) Make(IReadOnlyList<WorkflowOutput> wanted, RunScope scope)
    {
        Dictionary<string, JsonElement> outputs = new(StringComparer.Ordinal);
        foreach (WorkflowOutput output in wanted)
        {
            try
            {
                JsonElement value = JsonTemplate.Render(output.Value, scope);
                string type = output.Type ?? ValueTypes.String;
                if (!JsonType.Matches(type, value) && value.ValueKind != JsonValueKind.Null)
                {
                    return (null, $"spec.outputs[{output.Name}] is declared as {type}, but is {JsonType.NameOf(value)}");
                }

                outputs.Add(output.Name, value);
            }
            catch (TemplateException error)
            {
                return (null, $"spec.outputs[{output.Name}]: {error.Message}");
            }
        }

        int bytes = StepResult.Bytes(outputs);
        return bytes <= StepResult.MaxRunBytes ? (outputs, null) : (null, $"spec.outputs have {bytes} bytes, more than {StepResult.MaxRunBytes}: write less, or a reference to where it is");
    }
}
