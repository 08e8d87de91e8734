using System.Text.Json;

namespace AgentOperator.Workflows.Templates;

/// <summary>What stands between <c>{{</c> and <c>}}</c>, or in a field that is an expression.</summary>
internal interface IExpression
{
    /// <summary>What it names, for checks before a run starts.</summary>
    IEnumerable<ValuePath> References { get; }

    /// <summary>Its value; JSON null where there is none.</summary>
    /// <exception cref="TemplateException">It has no value with what the scope holds.</exception>
    JsonElement Evaluate(IValueScope scope);
}
