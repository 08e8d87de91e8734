using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Checking;

/// <summary>Every <c>{{ }}</c> names something that exists and is known by the time the step starts.</summary>
internal static class ReferenceCheck
{
    public static SpecProblem? Problem(RunSpec spec)
    {
        IReadOnlyDictionary<string, IReadOnlySet<string>> ancestors = StepGraph.Ancestors(spec);
        Dictionary<string, WorkflowStep> steps = spec.Steps.ToDictionary(static step => step.Name, StringComparer.Ordinal);
        HashSet<string> parameters = new((spec.Params ?? []).Select(static parameter => parameter.Name), StringComparer.Ordinal);
        foreach (WorkflowStep step in spec.Steps)
        {
            foreach ((string path, string text) in StepTexts.Of(step))
            {
                try
                {
                    foreach (ValuePath reference in TemplateText.Parse(text).References)
                    {
                        if (Unknown(reference, step.Name, parameters, steps, ancestors[step.Name]) is { } what)
                        {
                            return new SpecProblem("UnknownReference", $"spec.steps[{step.Name}].{path}: {what}");
                        }
                    }
                }
                catch (TemplateException error)
                {
                    return new SpecProblem("InvalidTemplate", $"spec.steps[{step.Name}].{path}: {error.Message}");
                }
            }
        }

        return null;
    }

    private static string? Unknown(ValuePath reference, string step, HashSet<string> parameters, Dictionary<string, WorkflowStep> steps, IReadOnlySet<string> ancestors)
    {
        if (reference.Step is not { } source)
        {
            return parameters.Contains(reference.Name) ? null : $"{{{{ {reference} }}}} names a param that is not declared in spec.params";
        }

        if (!steps.TryGetValue(source, out WorkflowStep? producer))
        {
            return $"{{{{ {reference} }}}} names a step that is not in this workflow";
        }

        if ((producer.Outputs ?? []).All(output => output.Name != reference.Name))
        {
            return $"{{{{ {reference} }}}} names an output that step {source} does not declare";
        }

        return ancestors.Contains(source) ? null : $"{{{{ {reference} }}}} is not known when {step} starts: add {source} to its needs";
    }
}
