using System.Text.Json;
using System.Text.RegularExpressions;

namespace AgentOperator.Api.JsonSchemas.Keywords;

internal sealed class PropertiesKeyword(
    IReadOnlyDictionary<string, SchemaNode> properties,
    IReadOnlyList<(Regex Pattern, SchemaNode Node)> patterns,
    SchemaNode? additional,
    bool refusesAdditional) : Keyword
{
    public override void Check(JsonElement value, Evaluation run, Seen? seen)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (JsonProperty property in value.EnumerateObject())
        {
            string name = property.Name;
            bool known = false;
            if (properties.TryGetValue(name, out SchemaNode? own))
            {
                known = true;
                run.Apply(own, property.Value, name);
            }

            foreach ((Regex pattern, SchemaNode node) in patterns)
            {
                if (pattern.IsMatch(name))
                {
                    known = true;
                    run.Apply(node, property.Value, name);
                }
            }

            if (!known && refusesAdditional)
            {
                run.Fail($"must not have the property {Quote.Of(name)}" + (properties.Count == 0 ? "" : $"; it may have {Quote.List([.. properties.Keys])}"));
            }
            else if (!known && additional is not null)
            {
                run.Apply(additional, property.Value, name);
            }

            if (known || additional is not null)
            {
                seen?.Add(name);
            }
        }
    }
}
