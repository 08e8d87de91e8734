using System.Reflection;
using AgentOperator.Api.Schema;
using AgentOperator.Manifests.Kinds;

namespace AgentOperator.Manifests.Rules;

/// <summary>No two kinds share a name: the API server would leave the second one unserved.</summary>
internal static class DistinctKindsRule
{
    public static IReadOnlyList<string> Check(IReadOnlyList<Kind> kinds) =>
    [
        .. kinds.SelectMany(Names).CountBy(name => name, StringComparer.Ordinal).Where(name => name.Value > 1)
            .Select(name => $"{name.Key} is the name of {name.Value} kinds: choose another; a second version of a kind is not supported"),
    ];

    private static IEnumerable<string> Names(Kind kind) =>
        (kind.Contract.Type.GetCustomAttribute<ResourceNamesAttribute>()?.ShortNames ?? [])
            .Append(kind.Resource.Plural).Append(kind.Resource.Kind.ToLowerInvariant()).Distinct(StringComparer.Ordinal);
}
