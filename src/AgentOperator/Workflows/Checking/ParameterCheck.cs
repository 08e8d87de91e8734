using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Results;

namespace AgentOperator.Workflows.Checking;

/// <summary>Every param has a value of its type.</summary>
internal static class ParameterCheck
{
    public static SpecProblem? Problem(RunSpec spec)
    {
        foreach (WorkflowParameter parameter in spec.Params ?? [])
        {
            string type = parameter.Type ?? ValueTypes.String;
            if (parameter.Value is not { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } value)
            {
                return new SpecProblem("ParameterMissing", $"param {parameter.Name} has no value: set spec.params[{parameter.Name}].value");
            }

            if (!JsonType.Matches(type, value))
            {
                return new SpecProblem("ParameterType", $"param {parameter.Name} is declared as {type}, but its value is {JsonType.NameOf(value)}: correct spec.params[{parameter.Name}].value or its type");
            }
        }

        return null;
    }
}
