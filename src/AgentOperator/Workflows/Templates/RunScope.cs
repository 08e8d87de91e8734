using System.Text.Json;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Templates;

/// <summary>Params of a run and outputs of its steps so far.</summary>
internal sealed class RunScope(WorkflowStatus status) : IValueScope
{
    public JsonElement Resolve(ValuePath path)
    {
        JsonElement? value = path.Step is null
            ? status.RunSpec?.Params?.FirstOrDefault(parameter => parameter.Name == path.Name)?.Value
            : status.Steps?.FirstOrDefault(step => step.Name == path.Step)?.Outputs?.TryGetValue(path.Name, out JsonElement output) == true ? output : null;
        return value ?? throw new TemplateException($"{{{{ {path} }}}} has no value in this run");
    }
}
