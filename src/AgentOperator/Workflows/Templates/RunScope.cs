using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Workflows.Templates;

/// <summary>Params of a run, outputs of its steps so far, and for finally how they ended.</summary>
/// <param name="status">The run.</param>
/// <param name="loaded">Values of outputs that are kept outside of status; where one is not loaded, its digest stands for it.</param>
internal sealed class RunScope(WorkflowStatus status, IReadOnlyDictionary<ValuePath, JsonElement>? loaded = null) : IValueScope
{
    private static readonly JsonElement Null = JsonElement.Parse("null");

    public JsonElement Resolve(ValuePath path) => path.Source switch
    {
        ValueSource.Param => status.RunSpec?.Params?.FirstOrDefault(parameter => parameter.Name == path.Name)?.Value ?? Null,
        ValueSource.Output => Output(path),
        ValueSource.StepPhase => Text(Step(path)?.Phase),
        _ => Text(path.Name == "phase" ? RunOutcome.Of(status.Stop, status.Steps ?? []) : RunOutcome.Message(status.Stop, status.Steps ?? [])),
    };

    private static JsonElement Text(string? text) => text is null ? Null : JsonElement.Parse($"\"{JsonEncodedText.Encode(text)}\"");

    private JsonElement Output(ValuePath path)
    {
        StepStatus? step = Step(path);
        if (step?.References?.TryGetValue(path.Name, out OutputReference? reference) == true)
        {
            return loaded?.TryGetValue(path, out JsonElement value) == true ? value : ReferencedOutputs.Stand(reference);
        }

        return step?.Outputs?.TryGetValue(path.Name, out JsonElement output) == true ? output : Null;
    }

    private StepStatus? Step(ValuePath path) =>
        status.Steps?.FirstOrDefault(step => step.Name == path.Step) ?? status.Finally?.FirstOrDefault(step => step.Name == path.Step);
}
