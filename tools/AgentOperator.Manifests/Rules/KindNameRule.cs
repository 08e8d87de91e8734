using System.Reflection;
using System.Text.RegularExpressions;
using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;
using AgentOperator.Manifests.Kinds;
using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Rules;

/// <summary>Names that the API server takes.</summary>
internal sealed class KindNameRule : IKindRule
{
    private static readonly Regex Label = new("^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    private static readonly Regex Version = new("^v[1-9][0-9]*((alpha|beta)[1-9][0-9]*)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    public IEnumerable<string> Check(Kind kind, SchemaNode root)
    {
        ResourceDefinition resource = kind.Resource;
        if (!resource.Group.Contains('.', StringComparison.Ordinal))
        {
            yield return $"group \"{resource.Group}\" must have a dot";
        }

        if (!Version.IsMatch(resource.Version))
        {
            yield return $"version \"{resource.Version}\" must be such as v1, v1beta2 or v1alpha1";
        }

        IReadOnlyList<string> shortNames = kind.Contract.Type.GetCustomAttribute<ResourceNamesAttribute>()?.ShortNames ?? [];
        foreach (string name in shortNames.Prepend(resource.Plural).Where(name => !Label.IsMatch(name)))
        {
            yield return $"name \"{name}\" must be lower-case letters, digits and hyphens";
        }
    }
}
