using System.Text.Json;

namespace AgentOperator.Workflows.Templates;

/// <summary>What stands between <c>{{</c> and <c>}}</c>: the one place where a language for values plugs in.</summary>
internal interface IExpression
{
    /// <summary>What it names, for checks before a run starts.</summary>
    IEnumerable<ValuePath> References { get; }

    /// <summary>Its value; JSON null where there is none.</summary>
    JsonElement Evaluate(IValueScope scope);
}
