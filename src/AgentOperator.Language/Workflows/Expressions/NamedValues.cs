using AgentOperator.Cel;

namespace AgentOperator.Workflows.Expressions;

/// <summary>Values by name, each made when it is asked for. Which names there are was checked when the expression was compiled.</summary>
internal sealed class NamedValues(Func<string, CelValue> find) : CelRecord
{
    public override IEnumerable<string> Names => [];

    public static implicit operator CelValue(NamedValues values) => CelValue.From(values);

    public override bool TryGet(string key, out CelValue value)
    {
        value = find(key);
        return true;
    }
}
