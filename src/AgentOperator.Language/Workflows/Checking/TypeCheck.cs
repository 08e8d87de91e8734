using AgentOperator.Api.Workflows;
using AgentOperator.Cel;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Expressions;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Checking;

/// <summary>Every expression fits the declared types, before any Job starts.</summary>
internal static class TypeCheck
{
    public static IEnumerable<SpecProblem> Problems(RunSpec spec)
    {
        CelEnvironment? environment = null;
        foreach ((string path, string text, CelTypeKind wanted, bool isWhole) in Expressions(spec))
        {
            environment ??= RunTypes.Environment(spec);
            bool isOfContainer = IsOfContainer(path);
            if (!(isOfContainer ? FileFunction.In(environment, null) : environment).TryCompile(CelText.Quote(text), out CelProgram? program, out IReadOnlyList<CelIssue> issues))
            {
                string told = !isOfContainer && FileFunction.In(environment, null).TryCompile(CelText.Quote(text), out _, out _)
                    ? FileFunction.Elsewhere
                    : string.Join("; ", issues.Select(issue => CelText.Locate(text, issue.Line, issue.Column, issue.Message)));
                yield return new SpecProblem(isWhole ? "InvalidExpression" : "InvalidTemplate", isWhole ? $"{path}: {told}" : $"{path}: {{{{ {text} }}}}: {told}", path);
            }
            else if (wanted != CelTypeKind.Dyn && program.ResultType.Kind != wanted && program.ResultType.Kind != CelTypeKind.Dyn && !IsNullable(program.ResultType, wanted))
            {
                yield return new SpecProblem("InvalidExpression", $"{path}: {text} gives {program.ResultType}, where a {wanted.ToString().ToLowerInvariant()} is wanted", path);
            }
        }
    }

    /// <summary>True for texts that a container is started with.</summary>
    private static bool IsOfContainer(string path)
    {
        ReadOnlySpan<char> field = path.AsSpan(path.IndexOf("].", StringComparison.Ordinal) + 2);
        return field.StartsWith("container.", StringComparison.Ordinal) || field.StartsWith("compensate.container.", StringComparison.Ordinal);
    }

    private static bool IsNullable(CelType type, CelTypeKind wanted) => type.Kind == CelTypeKind.Nullable && type.Parameters[0].Kind == wanted;

    private static IEnumerable<(string Path, string Text, CelTypeKind Wanted, bool IsWhole)> Expressions(RunSpec spec)
    {
        foreach ((string place, WorkflowStep step) in SpecCheck.Steps(spec))
        {
            foreach ((string path, string text) in StepTexts.Conditions(step))
            {
                yield return ($"{place}.{path}", text, CelTypeKind.Bool, true);
            }

            if (step.ForEach is { } each)
            {
                yield return ($"{place}.forEach.items", each.Items, CelTypeKind.List, true);
            }

            IEnumerable<(string Path, string Text)> texts = StepTexts.Of(step);
            if (step.Compensate is not null)
            {
                texts = texts.Concat(StepTexts.Of(CompensationSpec.Of(step)).Select(static text => ($"compensate.{text.Path}", text.Text)));
            }

            foreach ((string path, string text) in texts)
            {
                foreach (string source in TemplateText.Parse(text).Programs)
                {
                    yield return ($"{place}.{path}", source, CelTypeKind.Dyn, false);
                }
            }
        }

        foreach (WorkflowOutput output in spec.Outputs ?? [])
        {
            foreach (string source in JsonTemplate.Texts(output.Name, output.Value).SelectMany(static text => TemplateText.Parse(text.Text).Programs))
            {
                yield return ($"spec.outputs[{output.Name}].value", source, CelTypeKind.Dyn, false);
            }
        }
    }
}
