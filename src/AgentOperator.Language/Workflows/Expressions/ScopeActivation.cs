using AgentOperator.Api.Workflows;
using AgentOperator.Cel;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Expressions;

/// <summary>Gives expressions the values of a run when they ask for them.</summary>
internal sealed class ScopeActivation(IValueScope scope) : ICelActivation
{
    public bool TryResolve(string name, out CelValue value)
    {
        switch (name)
        {
            case "params":
                value = new NamedValues(param => Read(new ValuePath(ValueSource.Param, null, param)));
                return true;
            case "steps":
                value = new NamedValues(step => new NamedValues(part => part == "outputs"
                    ? new NamedValues(output => Read(new ValuePath(ValueSource.Output, step, output)))
                    : Read(new ValuePath(ValueSource.StepPhase, step, part))));
                return true;
            case "visit":
                value = Read(new ValuePath(ValueSource.Visit, null, name));
                return true;
            case "previous":
                value = new NamedValues(step => new NamedValues(_ => new NamedValues(output => Read(new ValuePath(ValueSource.Previous, step, output)))));
                return true;
            case "run":
                value = new NamedValues(part => Read(new ValuePath(ValueSource.Run, null, part)));
                return true;
            case "item" or "index":
                value = Read(new ValuePath(ValueSource.Item, null, name));
                return true;
            default:
                value = default;
                return false;
        }
    }

    private CelValue Read(ValuePath path) => CelValue.From(scope.Resolve(path), scope.TypeOf(path) == ValueTypes.Number ? CelType.Nullable(CelType.Double) : null);
}
