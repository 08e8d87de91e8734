using AgentOperator.Api.Workflows;
using AgentOperator.Cel;

namespace AgentOperator.Workflows.Expressions;

/// <summary>Types of all that expressions of a spec may name.</summary>
internal static class RunTypes
{
    public static CelEnvironment Environment(RunSpec spec)
    {
        WorkflowStep[] all = [.. spec.Steps, .. spec.Finally ?? []];
        return CelEnvironment.Standard
            .With("params", CelType.Record("params", (spec.Params ?? []).Select(static param => Field(param.Name, Declared(param.Type, mayBeNull: param.Required != true)))))
            .With("steps", CelType.Record("steps", all.Select(step => Field(step.Name, StepOf(step, MayBeNull(step))))))
            .With("run", CelType.Record("run", [Field("number", CelType.Int), Field("phase", CelType.String), Field("message", CelType.String)]))
            .With("visit", CelType.Int)
            .With("previous", CelType.Record("previous", spec.Steps.Select(static step => Field(step.Name, StepOf(step, mayBeNull: true)))))
            .With("item", CelType.Dyn)
            .With("index", CelType.Int);
    }

    /// <summary>Type of a declared param or output.</summary>
    /// <param name="declared">One of <see cref="ValueTypes"/>; string if null.</param>
    /// <param name="mayBeNull">True where there may be no value.</param>
    public static CelType Declared(string? declared, bool mayBeNull)
    {
        CelType type = declared switch
        {
            null or ValueTypes.String => CelType.String,
            ValueTypes.Integer => CelType.Int,
            ValueTypes.Number => CelType.Double,
            ValueTypes.Boolean => CelType.Bool,
            _ => CelType.Dyn,
        };
        return mayBeNull && type.Kind != CelTypeKind.Dyn ? CelType.Nullable(type) : type;
    }

    private static CelType StepOf(WorkflowStep step, bool mayBeNull) => CelType.Record(
        $"steps.{step.Name}",
        [
            Field("phase", CelType.String),
            Field("outputs", CelType.Record(
                $"steps.{step.Name}.outputs",
                (step.Outputs ?? []).Select(output => Field(output.Name, step.ForEach is null ? Declared(output.Type, mayBeNull) : mayBeNull ? CelType.Dyn : CelType.List(CelType.Dyn))))),
        ]);

    /// <summary>A step that may be skipped gives nothing then.</summary>
    private static bool MayBeNull(WorkflowStep step) => step.When is not null || step.Approval is not null || step.Wait?.Event?.OnTimeout == WaitTimeoutActions.Skip;

    private static KeyValuePair<string, CelType> Field(string name, CelType type) => new(name, type);
}
