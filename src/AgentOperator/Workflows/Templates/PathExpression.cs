using System.Text.Json;

namespace AgentOperator.Workflows.Templates;

/// <summary>The simplest language: one path.</summary>
internal sealed class PathExpression(ValuePath path) : IExpression
{
    public IEnumerable<ValuePath> References => [path];

    /// <summary>Reads a path.</summary>
    /// <exception cref="TemplateException">It is none.</exception>
    public static IExpression Parse(string text) => new PathExpression(text.Split('.') switch
    {
        ["params", { Length: > 0 } name] => new ValuePath(ValueSource.Param, null, name),
        ["steps", { Length: > 0 } step, "outputs", { Length: > 0 } name] => new ValuePath(ValueSource.Output, step, name),
        ["steps", { Length: > 0 } step, "phase"] => new ValuePath(ValueSource.StepPhase, step, "phase"),
        ["run", "phase" or "message"] parts => new ValuePath(ValueSource.Run, null, parts[1]),
        _ => throw new TemplateException("is not a path: write params.NAME or steps.STEP.outputs.NAME; in finally also run.phase, run.message or steps.STEP.phase"),
    });

    public JsonElement Evaluate(IValueScope scope) => scope.Resolve(path);
}
