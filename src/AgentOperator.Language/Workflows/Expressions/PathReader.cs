using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Expressions;

/// <summary>Chains of names in an expression as what they name.</summary>
internal static class PathReader
{
    /// <summary>Null for a chain that names no value of a run as a whole.</summary>
    public static ValuePath? Read(IReadOnlyList<string> names) => names switch
    {
        ["params", var name, ..] => new ValuePath(ValueSource.Param, null, name),
        ["steps", var step, "outputs", var name, ..] => new ValuePath(ValueSource.Output, step, name),
        ["steps", var step, "phase", ..] => new ValuePath(ValueSource.StepPhase, step, "phase"),
        ["visit"] => new ValuePath(ValueSource.Visit, null, "visit"),
        ["previous", var step, "outputs", var name, ..] => new ValuePath(ValueSource.Previous, step, name),
        ["run", var name, ..] => new ValuePath(ValueSource.Run, null, name),
        [("item" or "index") and var name, ..] => new ValuePath(ValueSource.Item, null, name),
        _ => null,
    };
}
