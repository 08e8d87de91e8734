using System.Reflection;
using AgentOperator.Api.Schema;
using AgentOperator.Manifests.Kinds;
using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Rules;

/// <summary>The scale subresource points at integers in spec and status, and at a selector that is one string.</summary>
internal sealed class ScaleRule : IKindRule
{
    public IEnumerable<string> Check(Kind kind, SchemaNode root)
    {
        if (kind.Contract.Type.GetCustomAttribute<ScaleAttribute>() is not { } scale)
        {
            return [];
        }

        (string Path, string Prefix, string Type)[] wanted =
        [
            (scale.SpecReplicas, ".spec.", "integer"),
            (scale.StatusReplicas, ".status.", "integer"),
            (scale.LabelSelector, ".status.", "string"),
        ];
        return wanted.Where(part => !part.Path.StartsWith(part.Prefix, StringComparison.Ordinal) || SchemaPath.Find(root, part.Path)?.Type != part.Type)
            .Select(part => $"[Scale]: {part.Path} must be a property of type {part.Type} below {part.Prefix.TrimEnd('.')}");
    }
}
