using System.Text.Json.Serialization.Metadata;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Workflows.Holding;

/// <summary>A namespace in which no run starts: its name is all that is kept. Only namespaces with the label are watched.</summary>
internal sealed record HeldNamespace : KubernetesObject<HeldNamespace>, IKubernetesObject<HeldNamespace>
{
    public static ResourceDefinition Resource => Namespace.Resource;

    public static JsonTypeInfo<HeldNamespace> JsonTypeInfo => OperatorJsonContext.Default.HeldNamespace;
}
