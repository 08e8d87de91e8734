using System.Text.Json.Serialization.Metadata;
using AgentOperator.Kube.Models;

namespace AgentOperator.Manifests.Kinds;

/// <summary>A kind: where it is served and how its objects read as JSON.</summary>
internal sealed record Kind(ResourceDefinition Resource, JsonTypeInfo Contract);
