using System.Reflection;
using AgentOperator.Controllers;
using AgentOperator.Controllers.Access;

namespace AgentOperator.Manifests.Access;

/// <summary>Gathers what the reconcilers of an assembly declare.</summary>
internal static class AccessReader
{
    /// <exception cref="RefusedException">A declaration is missing, or asks for what the operator must not have.</exception>
    public static IReadOnlyList<AccessRule> Read(IEnumerable<Type> types)
    {
        Type[] all = [.. types];
        RequiresAccessAttribute[] declared = [.. all.SelectMany(type => type.GetCustomAttributes<RequiresAccessAttribute>())];
        List<string> faults =
        [
            .. all.Where(IsReconciler).Where(type => !type.IsDefined(typeof(RequiresAccessAttribute)))
                .Select(type => $"{type.Name} is a reconciler and declares no access: add [RequiresAccess<…>]"),
            .. declared.SelectMany(AccessLimits.Check),
        ];
        return faults.Count > 0
            ? throw new RefusedException(faults)
            :
            [
                .. declared.GroupBy(access => new AccessRule(access.Resource.Group, NameOf(access), []) { InOwnNamespace = access.InOwnNamespace })
                    .OrderBy(rule => rule.Key.Group, StringComparer.Ordinal).ThenBy(rule => rule.Key.Resource, StringComparer.Ordinal)
                    .Select(rule => rule.Key with { Verbs = [.. rule.SelectMany(access => access.Verbs).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] }),
            ];
    }

    private static bool IsReconciler(Type type) =>
        !type.IsAbstract && Array.Exists(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IReconciler<>));

    private static string NameOf(RequiresAccessAttribute access) =>
        access.Subresource is { } part ? $"{access.Resource.Plural}/{part}" : access.Resource.Plural;
}
