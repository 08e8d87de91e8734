using System.Text.Json;

namespace AgentOperator.Api.JsonSchemas.Keywords;

internal sealed class AnyOfKeyword(IReadOnlyList<SchemaNode> nodes, bool exactlyOne) : Keyword
{
    public override IEnumerable<SchemaNode> InPlace => nodes;

    public override void Check(JsonElement value, Evaluation run, Seen? seen)
    {
        List<int> fitting = [];
        IReadOnlyList<SchemaViolation>? nearest = null;
        for (int index = 0; index < nodes.Count; index++)
        {
            IReadOnlyList<SchemaViolation> found = run.Try(nodes[index], value, seen, JsonSchema.MaxViolations);
            if (found.Count == 0)
            {
                fitting.Add(index);
                if (!exactlyOne && seen is null)
                {
                    return;
                }
            }
            else if (nearest is null || IsNearer(found, nearest))
            {
                nearest = found;
            }
        }

        if (fitting.Count == 0)
        {
            run.Fail($"fits none of the {nodes.Count} alternatives of {(exactlyOne ? "oneOf" : "anyOf")}; for the nearest one, {nearest![0]}");
        }
        else if (exactlyOne && fitting.Count > 1)
        {
            run.Fail($"must fit exactly one of the {nodes.Count} alternatives of oneOf; fits the alternatives {string.Join(", ", fitting)}");
        }
    }

    /// <summary>An alternative that fails deeper in the value is nearer than one that fails at once; then the one with fewer violations.</summary>
    private static bool IsNearer(IReadOnlyList<SchemaViolation> one, IReadOnlyList<SchemaViolation> other)
    {
        int depth = one[0].InstancePath.Count('/').CompareTo(other[0].InstancePath.Count('/'));
        return depth != 0 ? depth > 0 : one.Count < other.Count;
    }
}
