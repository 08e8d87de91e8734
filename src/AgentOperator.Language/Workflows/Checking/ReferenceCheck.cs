using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Expressions;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Checking;

/// <summary>Every <c>{{ }}</c> names something that exists and is known by the time the step starts.</summary>
internal sealed class ReferenceCheck
{
    private readonly Dictionary<string, WorkflowStep> _steps;
    private readonly HashSet<string> _parameters;
    private readonly IReadOnlyDictionary<string, IReadOnlySet<string>> _ancestors;
    private readonly IReadOnlyDictionary<string, IReadOnlySet<string>> _finallyAncestors;
    private readonly LoopMap _loops;

    private ReferenceCheck(RunSpec spec)
    {
        _steps = SpecCheck.Steps(spec).ToDictionary(static step => step.Step.Name, static step => step.Step, StringComparer.Ordinal);
        _parameters = new((spec.Params ?? []).Select(static parameter => parameter.Name), StringComparer.Ordinal);
        _ancestors = StepGraph.Ancestors(spec.Steps);
        _finallyAncestors = StepGraph.Ancestors(spec.Finally ?? []);
        _loops = LoopMap.Of(spec.Steps);
    }

    public static IEnumerable<SpecProblem> Problems(RunSpec spec)
    {
        ReferenceCheck check = new(spec);
        return SpecCheck.Steps(spec).SelectMany(step => check.Problems(step.Path, step.Step)).Concat((spec.Outputs ?? []).SelectMany(check.Problems));
    }

    private IEnumerable<SpecProblem> Problems(string place, WorkflowStep step)
    {
        foreach ((string path, string text, bool isWhole) in StepTexts.Of(step).Select(static text => (text.Path, text.Text, false)).Concat(ExpressionsOf(step)))
        {
            bool isAfter = path.StartsWith("compensate.", StringComparison.Ordinal) || path is "next.when" or "checkpoint.when";
            foreach (SpecProblem problem in Problems($"{place}.{path}", text, isWhole, reference => Unknown(reference, step, isAfter, path)))
            {
                yield return problem;
            }
        }
    }

    /// <summary>Results of the workflow are made of those of its steps.</summary>
    private IEnumerable<SpecProblem> Problems(WorkflowOutput output) =>
        JsonTemplate.Texts($"spec.outputs[{output.Name}].value", output.Value).SelectMany(text => Problems(text.Path, text.Text, isWhole: false, UnknownAtEnd));

    private static IEnumerable<SpecProblem> Problems(string path, string text, bool isWhole, Func<ValuePath, string?> unknown)
    {
        try
        {
            return
            [
                .. (isWhole ? CelExpression.Parse(text).References : TemplateText.Parse(text).References)
                    .Select(reference => (Reference: reference, What: unknown(reference)))
                    .Where(static found => found.What is not null)
                    .Select(found => new SpecProblem("UnknownReference", isWhole ? $"{path}: {found.Reference} {found.What}" : $"{path}: {{{{ {found.Reference} }}}} {found.What}", path)),
            ];
        }
        catch (TemplateException error)
        {
            return [new SpecProblem(isWhole ? "InvalidExpression" : "InvalidTemplate", $"{path}: {error.Message}", path)];
        }
    }

    private string? UnknownAtEnd(ValuePath reference) => reference switch
    {
        { Source: ValueSource.Param } => _parameters.Contains(reference.Name) ? null : "names a param that is not declared in spec.params",
        { Source: ValueSource.Output or ValueSource.StepPhase, Step: { } step } when !_ancestors.ContainsKey(step) => "names a step that is not in spec.steps",
        { Source: ValueSource.Output, Step: { } step } => (_steps[step].Outputs ?? []).Any(output => output.Name == reference.Name) ? null : $"names an output that step {step} does not declare",
        { Source: ValueSource.StepPhase } => null,
        { Source: ValueSource.Run, Name: "number" } => null,
        _ => "is not known of a run as a whole: write params.NAME or steps.STEP.outputs.NAME",
    };

    private static IEnumerable<(string Path, string Text, bool IsWhole)> ExpressionsOf(WorkflowStep step) =>
    [
        .. StepTexts.Conditions(step).Select(static text => (text.Path, text.Text, true)),
        .. step.ForEach is { } each ? [("forEach.items", each.Items, true)] : Array.Empty<(string, string, bool)>(),
        .. step.Compensate is not null ? StepTexts.Of(CompensationSpec.Of(step)).Select(static text => ($"compensate.{text.Path}", text.Text, false)) : [],
    ];

    /// <summary>What is wrong with a reference; null when nothing is.</summary>
    /// <param name="reference">What is named.</param>
    /// <param name="asker">The step that names it.</param>
    /// <param name="isAfter">True where it is read once the step itself has a result.</param>
    /// <param name="path">The field that names it.</param>
    private string? Unknown(ValuePath reference, WorkflowStep asker, bool isAfter, string path)
    {
        string step = asker.Name;
        bool isFinally = _finallyAncestors.ContainsKey(step);
        if (reference.Source == ValueSource.Item)
        {
            return asker.ForEach is not null && StepTexts.Of(asker).Any(text => text.Path == path) ? null : "is known only within a step that has forEach";
        }

        if (reference.Source is ValueSource.Visit or ValueSource.Previous)
        {
            return Outside(reference, step);
        }

        if (reference.Source == ValueSource.Run && reference.Name == "number")
        {
            return null;
        }

        if (reference.Source == ValueSource.Param)
        {
            return _parameters.Contains(reference.Name) ? null : "names a param that is not declared in spec.params";
        }

        if (reference.Source == ValueSource.Run && !isFinally)
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

        bool isKnown = (isAfter && source == step) || (isFinally ? _ancestors.ContainsKey(source) || _finallyAncestors[step].Contains(source) : _ancestors[step].Contains(source));
        return isKnown
            ? null
            : !isFinally && _finallyAncestors.ContainsKey(source)
                ? $"names a finally step, which runs after {step}"
                : $"is not known when {step} starts: add {source} to its needs";
    }

    private string? Outside(ValuePath reference, string step)
    {
        Loop[] around = [.. _loops.Loops.Where(loop => loop.Body.Contains(step))];
        return around.Length == 0 ? "is known only within a loop: in the steps between a next.goto and the step that has it"
            : reference.Step is { } member && !Array.Exists(around, loop => loop.Body.Contains(member)) ? $"names a step that is not in a loop with {step}"
            : reference.Source == ValueSource.Previous && (_steps[reference.Step!].Outputs ?? []).All(output => output.Name != reference.Name) ? $"names an output that step {reference.Step} does not declare"
            : null;
    }
}
