using System.Text.Json;
using AgentOperator.Api.Digests;
using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Results;

namespace AgentOperator.Workflows.Checking;

/// <summary>Every param that must have a value has one, and each value is of its type and among those allowed.</summary>
internal static class ParameterCheck
{
    public static IEnumerable<SpecProblem> Problems(RunSpec spec) => (spec.Params ?? []).Select(Problem).OfType<SpecProblem>();

    private static SpecProblem? Problem(WorkflowParameter parameter)
    {
        string place = $"spec.params[{parameter.Name}]";
        string type = parameter.Type ?? ValueTypes.String;
        foreach (JsonElement allowed in parameter.Enum ?? [])
        {
            if (!JsonType.Matches(type, allowed))
            {
                return new SpecProblem("ParameterType", $"param {parameter.Name} is declared as {type}, but its enum has {JsonType.NameOf(allowed)}, {allowed.GetRawText()}: correct {place}.enum or its type", $"{place}.enum");
            }
        }

        if (parameter.Value is not { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } value)
        {
            return parameter.Required == true ? new SpecProblem("ParameterMissing", $"param {parameter.Name} is required and has no value: set {place}.value", place) : null;
        }

        if (!JsonType.Matches(type, value))
        {
            return new SpecProblem("ParameterType", $"param {parameter.Name} is declared as {type}, but its value is {JsonType.NameOf(value)}: correct {place}.value or its type", $"{place}.value");
        }

        string text = CanonicalJson.Format(value);
        return parameter.Enum is { } values && values.All(allowed => CanonicalJson.Format(allowed) != text)
            ? new SpecProblem("ParameterNotAllowed", Shorten($"param {parameter.Name} is {text}, which is not among its enum {string.Join(", ", values.Select(CanonicalJson.Format))}: correct {place}.value"), $"{place}.value")
            : null;
    }

    private static string Shorten(string text) => Deciding.Sentence.Limit(text);
}
