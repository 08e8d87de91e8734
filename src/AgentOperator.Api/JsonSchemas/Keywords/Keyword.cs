using System.Text.Json;

namespace AgentOperator.Api.JsonSchemas.Keywords;

/// <summary>One keyword, or several that need one another, ready to be checked.</summary>
internal abstract class Keyword
{
    /// <summary>Schemas that this keyword applies to the very same value; a cycle of these would never end.</summary>
    public virtual IEnumerable<SchemaNode> InPlace => [];

    /// <summary>Reports what the value breaks; notes in <paramref name="seen"/>, when it is there, what it has looked at.</summary>
    public abstract void Check(JsonElement value, Evaluation run, Seen? seen);
}
