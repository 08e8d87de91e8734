using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Checking;

/// <summary>Every <c>{{ }}</c> names something that exists and is known by the time the step starts.</summary>
internal sealed class ReferenceCheck
{
    private readonly Dictionary<string, WorkflowStep> _steps;
    private readonly HashSet<string> _parameters;
    private readonly IReadOnlyDictionary<string, IReadOnlySet<string>> _ancestors;
    private readonly IReadOnlyDictionary<string, IReadOnlySet<string>> _finallyAncestors;

    private ReferenceCheck(RunSpec spec)
    {
        _steps = SpecCheck.Steps(spec).ToDictionary(static step => step.Step.Name, static step => step.Step, StringComparer.Ordinal);
        _parameters = new((spec.Params ?? []).Select(static parameter => parameter.Name), StringComparer.Ordinal);
        _ancestors = StepGraph.Ancestors(spec.Steps);
        _finallyAncestors = StepGraph.Ancestors(spec.Finally ?? []);
    }

    public static SpecProblem? Problem(RunSpec spec)
    {
        ReferenceCheck check = new(spec);
        return SpecCheck.Steps(spec).Select(step => check.Problem(step.Path, step.Step)).FirstOrDefault(static problem => problem is not null);
    }

    private SpecProblem? Problem(string place, WorkflowStep step)
    {
        foreach ((string path, string text) in StepTexts.Of(step))
        {
            try
            {
                foreach (ValuePath reference in TemplateText.Parse(text).References)
                {
                    if (Unknown(reference, step.Name) is { } what)
                    {
                        return new SpecProblem("UnknownReference", $"{place}.{path}: {{{{ {reference} }}}} {what}");
                    }
                }
            }
            catch (TemplateException error)
            {
                return new SpecProblem("InvalidTemplate", $"{place}.{path}: {error.Message}");
            }
        }

        return null;
    }

    private string? Unknown(ValuePath reference, string step)
    {
        bool isFinally = _finallyAncestors.ContainsKey(step);
        if (reference.Source == ValueSource.Param)
        {
            return _parameters.Contains(reference.Name) ? null : "names a param that is not declared in spec.params";
        }

        if (reference.Source is ValueSource.Run or ValueSource.StepPhase && !isFinally)
        {
            return "is known in finally only: there all steps have ended";
        }

        if (reference.Step is not { } source)
        {
            return null;
        }

        if (!_steps.TryGetValue(source, out WorkflowStep? producer))
        {
            return "names a step that is not in this workflow";
        }

        if (reference.Source == ValueSource.Output && (producer.Outputs ?? []).All(output => output.Name != reference.Name))
        {
            return $"names an output that step {source} does not declare";
        }

        bool isKnown = isFinally ? _ancestors.ContainsKey(source) || _finallyAncestors[step].Contains(source) : _ancestors[step].Contains(source);
        return isKnown
            ? null
            : !isFinally && _finallyAncestors.ContainsKey(source)
                ? $"names a finally step, which runs after {step}"
                : $"is not known when {step} starts: add {source} to its needs";
    }
}
