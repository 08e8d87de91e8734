using AgentOperator.Manifests.Kinds;
using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Rules;

/// <summary>All rules over one kind.</summary>
internal static class KindRules
{
    private static readonly IReadOnlyList<IKindRule> All = [new KindNameRule(), new PrinterColumnRule(), new ScaleRule()];

    public static IEnumerable<string> Check(Kind kind, SchemaNode root) =>
        All.SelectMany(rule => rule.Check(kind, root)).Select(fault => $"{kind.Resource.Kind}: {fault}");
}
