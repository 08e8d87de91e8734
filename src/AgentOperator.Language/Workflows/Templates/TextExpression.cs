using System.Text.Json;

namespace AgentOperator.Workflows.Templates;

/// <summary>A whole text with <c>{{ }}</c>, where an expression is asked for.</summary>
internal sealed class TextExpression(string text) : IExpression
{
    public IEnumerable<ValuePath> References => TemplateText.Parse(text).References;

    public JsonElement Evaluate(IValueScope scope) => TemplateText.Parse(text).Value(scope);
}
