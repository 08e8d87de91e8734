using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Node.Mounts;

namespace AgentOperator.Local.Node;

/// <summary>What a built-in image's program is started with.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="Command">Arguments and variables.</param>
/// <param name="Address">Where it may listen.</param>
/// <param name="Mounts">Its volumes.</param>
/// <param name="Log">File that its output goes to.</param>
internal sealed record BuiltInContainer(Pod Pod, ContainerCommand Command, PodAddress Address, IReadOnlyList<SandboxMount> Mounts, string Log);
