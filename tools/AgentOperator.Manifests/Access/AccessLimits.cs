using AgentOperator.Controllers.Access;

namespace AgentOperator.Manifests.Access;

/// <summary>What no reconciler may ask for.</summary>
internal static class AccessLimits
{
    private static readonly string[] Known = [Verbs.Create, Verbs.Delete, Verbs.Get, Verbs.List, Verbs.Patch, Verbs.Update, Verbs.Watch];

    public static IEnumerable<string> Check(RequiresAccessAttribute access)
    {
        string name = access.Resource.QualifiedName;
        if (access.Verbs.Count == 0)
        {
            yield return $"access to {name} names no verb";
        }

        foreach (string verb in access.Verbs.Except(Known, StringComparer.Ordinal))
        {
            yield return $"access to {name}: \"{verb}\" is not one of {string.Join(", ", Known)}";
        }

        if (name == "secrets" && access.Verbs.Intersect([Verbs.List, Verbs.Watch], StringComparer.Ordinal).Any())
        {
            yield return "secrets are read by name, never listed or watched: a list shows all of them";
        }
    }
}
