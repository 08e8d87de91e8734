using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Expressions;

namespace AgentOperator.Workflows.Templates;

/// <summary>Results that are kept outside of status.</summary>
internal static class ReferencedOutputs
{
    /// <summary>The references among what a step's texts name.</summary>
    public static IReadOnlyDictionary<ValuePath, OutputReference> Of(WorkflowStep step, WorkflowStatus status)
    {
        Dictionary<ValuePath, OutputReference> found = [];
        IEnumerable<ValuePath> listed = step.ForEach is { } each ? CelExpression.Parse(each.Items).References : [];
        foreach (IEnumerable<ValuePath> paths in StepTexts.Of(step).Select(static text => TemplateText.Parse(text.Text).References).Prepend(listed))
        {
            foreach (ValuePath path in paths)
            {
                if (Find(path, status) is { } reference)
                {
                    found[path] = reference;
                }
            }
        }

        return found;
    }

    /// <summary>What stands for the value where it is compared only.</summary>
    public static JsonElement Stand(OutputReference reference) => JsonElement.Parse($$"""{"sha256":"{{reference.Sha256}}"}""");

    /// <summary>The reference that a path leads to; null when the value is in status, or nowhere.</summary>
    public static OutputReference? Find(ValuePath path, WorkflowStatus status)
    {
        if (path.Source is not (ValueSource.Output or ValueSource.Previous))
        {
            return null;
        }

        StepStatus? step = (status.Steps ?? []).Concat(status.Finally ?? []).FirstOrDefault(step => step.Name == path.Step);
        bool isPrevious = path.Source == ValueSource.Previous || (step is { Outputs: null, References: null } && status.CompensatingSince is not null);
        return (isPrevious ? step?.Previous?.References : step?.References)?.GetValueOrDefault(path.Name);
    }
}
