using System.Globalization;
using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Items;

/// <summary>Values of a run as one item sees them.</summary>
internal sealed class ItemScope(IValueScope run, JsonElement item, int place) : IValueScope
{
    public StepFiles? Files => run.Files;

    public JsonElement Resolve(ValuePath path) => path switch
    {
        { Source: ValueSource.Item, Name: "item" } => item,
        { Source: ValueSource.Item } => JsonElement.Parse(place.ToString(CultureInfo.InvariantCulture)),
        _ => run.Resolve(path),
    };

    public string? TypeOf(ValuePath path) => path is { Source: ValueSource.Item, Name: "index" } ? ValueTypes.Integer : run.TypeOf(path);
}
