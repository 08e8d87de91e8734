using System.Reflection;
using AgentOperator.Kube.Models;

namespace AgentOperator.Manifests.Kinds;

/// <summary>Finds the kinds of an assembly.</summary>
internal static class KindFinder
{
    private static readonly MethodInfo Generic = typeof(KindFinder).GetMethod(nameof(Of), BindingFlags.Static | BindingFlags.Public)!;

    public static IReadOnlyList<Kind> In(Assembly assembly) =>
    [
        .. assembly.GetExportedTypes()
            .Where(IsKind)
            .Select(type => (Kind)Generic.MakeGenericMethod(type).Invoke(null, null)!)
            .OrderBy(kind => kind.Resource.Plural, StringComparer.Ordinal),
    ];

    public static Kind Of<T>()
        where T : class, IKubernetesObject<T> => new(T.Resource, T.JsonTypeInfo);

    private static bool IsKind(Type type) =>
        !type.IsAbstract && Array.Exists(
            type.GetInterfaces(),
            i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IKubernetesObject<>) && i.GenericTypeArguments[0] == type);
}
