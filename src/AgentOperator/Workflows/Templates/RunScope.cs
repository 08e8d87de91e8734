using System.Globalization;
using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Workflows.Templates;

/// <summary>Params of a run, outputs of its steps so far, and for finally how they ended.</summary>
/// <param name="status">The run.</param>
/// <param name="loaded">Values of outputs that are kept outside of status, by their sha256; where one is not loaded, its digest stands for it.</param>
internal sealed class RunScope(WorkflowStatus status, IReadOnlyDictionary<string, JsonElement>? loaded = null) : IValueScope
{
    private static readonly JsonElement Null = JsonElement.Parse("null");

    /// <summary>How often the loop has come to the step that asks.</summary>
    public int Visit { get; init; } = 1;

    public StepFiles? Files { get; init; }

    public JsonElement Resolve(ValuePath path) => path.Source switch
    {
        ValueSource.Param => status.RunSpec?.Params?.FirstOrDefault(parameter => parameter.Name == path.Name)?.Value ?? Null,
        ValueSource.Output => Output(path),
        ValueSource.Previous => Value(path.Name, Step(path.Step)?.Previous?.Outputs, Step(path.Step)?.Previous?.References),
        ValueSource.StepPhase => Text(Step(path.Step)?.Phase),
        ValueSource.Visit => JsonElement.Parse(Visit.ToString(CultureInfo.InvariantCulture)),
        ValueSource.Item => Null,
        _ => path.Name switch
        {
            "phase" => Text(RunOutcome.Of(status, status.Steps ?? [])),
            "message" => Text(RunOutcome.Message(status.Stop, status.Steps ?? [])),
            "number" => JsonElement.Parse((status.Run ?? 0).ToString(CultureInfo.InvariantCulture)),
            _ => Null,
        },
    };

    public string? TypeOf(ValuePath path) => path.Source switch
    {
        ValueSource.Param => status.RunSpec?.Params?.FirstOrDefault(parameter => parameter.Name == path.Name) is { } parameter ? parameter.Type ?? ValueTypes.String : null,
        ValueSource.Output or ValueSource.Previous => status.RunSpec is { } spec && spec.Steps.Concat(spec.Finally ?? []).FirstOrDefault(step => step.Name == path.Step) is { ForEach: null } step
            ? step.Outputs?.FirstOrDefault(output => output.Name == path.Name) is { } output ? output.Type ?? ValueTypes.String : null
            : null,
        _ => null,
    };

    private static JsonElement Text(string? text) => text is null ? Null : JsonElement.Parse($"\"{JsonEncodedText.Encode(text)}\"");

    private JsonElement Output(ValuePath path)
    {
        StepStatus? step = Step(path.Step);

        // What is undone may be the work of an earlier visit.
        return step is { Outputs: null, References: null, Previous: { } previous } && status.CompensatingSince is not null
            ? Value(path.Name, previous.Outputs, previous.References)
            : Value(path.Name, step?.Outputs, step?.References);
    }

    private JsonElement Value(string name, IReadOnlyDictionary<string, JsonElement>? outputs, IReadOnlyDictionary<string, OutputReference>? references)
    {
        if (references?.TryGetValue(name, out OutputReference? reference) == true)
        {
            return loaded?.TryGetValue(reference.Sha256, out JsonElement value) == true ? value : ReferencedOutputs.Stand(reference);
        }

        return outputs?.TryGetValue(name, out JsonElement output) == true ? output : Null;
    }

    private StepStatus? Step(string? name) =>
        status.Steps?.FirstOrDefault(step => step.Name == name) ?? status.Finally?.FirstOrDefault(step => step.Name == name);
}
