using AgentOperator.Manifests.Documentation;
using AgentOperator.Manifests.Kinds;
using AgentOperator.Manifests.Rules;

namespace AgentOperator.Manifests.Schemas;

/// <summary>A kind with the schema of its objects, free of faults.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Root">Its schema, without <c>apiVersion</c>, <c>kind</c> and <c>metadata</c>.</param>
internal sealed record KindSchema(Kind Kind, SchemaNode Root)
{
    /// <exception cref="RefusedException">A record breaks a rule.</exception>
    public static KindSchema Read(Kind kind)
    {
        SchemaNode root = new SchemaReader(kind.Contract.Options, new DocComments()).Read(kind);
        List<string> faults = [.. SchemaRules.Check(kind.Resource.Kind, root), .. KindRules.Check(kind, root)];
        return faults.Count == 0 ? new KindSchema(kind, root) : throw new RefusedException(faults);
    }
}
