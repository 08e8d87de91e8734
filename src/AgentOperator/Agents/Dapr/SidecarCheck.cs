using AgentOperator.Agents.Observing;
using AgentOperator.Api.Agents;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Agents.Dapr;

/// <summary>Looks whether pods that asked for a sidecar have one: the injector's webhook lets a pod through without it when it is down, late, or does not know who creates the pod.</summary>
internal static class SidecarCheck
{
    public const string InjectedLabel = "dapr.io/sidecar-injected";

    private const string Enabled = "dapr.io/enabled";
    private const string Sidecar = "daprd";

    /// <summary>A new pod is given this long, and after each repair twice as long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestPatience = TimeSpan.FromMinutes(10);

    /// <summary>A sidecar that is not ready for this long hangs.</summary>
    private static readonly TimeSpan ReadyPatience = TimeSpan.FromMinutes(5);

    /// <param name="agent">The agent.</param>
    /// <param name="pods">Its pods.</param>
    /// <param name="facts">Null when Dapr is not there.</param>
    /// <param name="now">The time.</param>
    public static SidecarVerdict Of(Agent agent, IReadOnlyList<AgentPod> pods, DaprFacts? facts, DateTimeOffset now)
    {
        AgentPod[] asking = [.. pods.Where(static pod => !pod.IsTerminating() && pod.Annotation(Enabled) == "true").OrderBy(static pod => pod.Metadata.Name, StringComparer.Ordinal)];
        AgentPod[] without = [.. asking.Where(static pod => !HasSidecar(pod))];
        string? image = asking.Select(SidecarOf).OfType<AgentPodContainer>().Select(static sidecar => sidecar.Image).FirstOrDefault();
        List<ConditionState> conditions = [Injected(agent, asking, without, facts)];
        if (facts is not { IsUsable: true })
        {
            conditions.Add(new(AgentConditionTypes.DaprAvailable, ConditionStatus.False, "DaprNotInstalled", "the dapr.io resources or the injector's webhook are not in the cluster; the pods stay as they are, and new ones get no sidecar"));
        }

        if (Outdated(agent, asking, facts) is { } outdated)
        {
            conditions.Add(outdated);
        }

        (AgentPod? hanging, DateTimeOffset? hangsAt) = Hanging(asking, now);
        if (hanging is not null)
        {
            conditions.Add(new(AgentConditionTypes.SidecarReady, ConditionStatus.False, "SidecarNotReady", $"the sidecar of pod {hanging.Metadata.Name} is not ready for more than {ReadyPatience.TotalMinutes:0} minutes ({StateOf(hanging)}): kubectl logs {hanging.Metadata.Name} -c {Sidecar}; deleting the pod starts another"));
        }

        (AgentPod? repair, DateTimeOffset? repairAt) = Repair(agent, without, facts, now);
        return new SidecarVerdict(conditions, repair, Earlier(hangsAt, repairAt), image);
    }

    /// <summary>Whether a pod has a sidecar that is ready.</summary>
    public static bool IsReadySidecar(AgentPod pod) => HasSidecar(pod) && StatusOf(pod) is { Ready: true };

    /// <summary>Whether the sidecars have what the spec gives them; what was said stays while none can be asked.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="loaded">What one says that it has; null when none could be asked.</param>
    public static ConditionState? Components(Agent agent, IReadOnlyList<string>? loaded)
    {
        const string Type = AgentConditionTypes.ComponentsLoaded;
        if (agent.Spec.Dapr?.Components is not { Count: > 0 } wanted)
        {
            return null;
        }

        if (loaded is null)
        {
            return agent.Status?.Conditions?.FirstOrDefault(static condition => condition.Type == Type) is { } before ? new ConditionState(Type, before.Status, before.Reason, before.Message) : null;
        }

        string[] missing = [.. wanted.Select(static component => component.Name).Where(name => !loaded.Contains(name, StringComparer.Ordinal))];
        return missing is []
            ? new ConditionState(Type, ConditionStatus.True, "Loaded", "the sidecar has every component")
            : new ConditionState(Type, ConditionStatus.False, "ComponentMissing", $"the sidecar runs without {string.Join(", ", missing)}: kubectl logs --selector {Api.Labels.Agent}={agent.Metadata.Name} --container {Sidecar} says why");
    }

    private static ConditionState Injected(Agent agent, AgentPod[] asking, AgentPod[] without, DaprFacts? facts)
    {
        const string Type = AgentConditionTypes.SidecarInjected;
        Condition? before = agent.Status?.Conditions?.FirstOrDefault(static condition => condition.Type == Type);
        return asking is []
            ? before is null ? new(Type, ConditionStatus.Unknown, "NoPods", "there is no pod yet") : new(Type, before.Status, before.Reason, before.Message)
            : without is []
                ? new(Type, ConditionStatus.True, "Injected", "every pod has its sidecar")
                : new(Type, ConditionStatus.False, facts?.IsInjectorReady == false ? "InjectorNotReady" : "SidecarMissing", $"pod {without[0].Metadata.Name}{(without.Length > 1 ? $" and {without.Length - 1} more" : "")} came up without a Dapr sidecar: {Why(facts)}");
    }

    private static string Why(DaprFacts? facts) => facts switch
    {
        null or { IsUsable: false } => "Dapr's injector is not in the cluster",
        { IsInjectorReady: false } => $"the injector has no ready pod (kubectl get deployment dapr-sidecar-injector --namespace {facts.Namespace}); the pod is replaced when it has",
        { IsInjectorReady: null } => "whether the injector is ready cannot be read; once it is, delete the pod",
        _ => "the injector did not hear of the pod, or does not take it from the account that creates pods here (Helm value dapr_sidecar_injector.allowedServiceAccounts); the pod is replaced",
    };

    private static ConditionState? Outdated(Agent agent, AgentPod[] asking, DaprFacts? facts)
    {
        if (agent.Spec.Dapr?.SidecarImage is not null || facts?.SidecarImage is not { } wanted)
        {
            return null;
        }

        AgentPod? old = asking.FirstOrDefault(pod => SidecarOf(pod)?.Image is { } image && image != wanted);
        return old is null
            ? null
            : new(AgentConditionTypes.SidecarOutdated, ConditionStatus.True, "OtherImage", $"pod {old.Metadata.Name} has {SidecarOf(old)!.Image}, and new pods get {wanted}: kubectl rollout restart deployment/{agent.Metadata.Name}");
    }

    /// <summary>The oldest pod without a sidecar, when its time is up. Pods live longer the longer none gets one; nothing is deleted for an injector that could not do better.</summary>
    private static (AgentPod? Pod, DateTimeOffset? At) Repair(Agent agent, AgentPod[] without, DaprFacts? facts, DateTimeOffset now)
    {
        if (facts is not { IsUsable: true, IsInjectorReady: true } || without.MinBy(static pod => pod.Metadata.CreationTimestamp?.Value) is not { } oldest)
        {
            return (null, null);
        }

        Condition? since = agent.Status?.Conditions?.FirstOrDefault(static condition => condition is { Type: AgentConditionTypes.SidecarInjected, Status: ConditionStatus.False });
        DateTimeOffset created = oldest.Metadata.CreationTimestamp?.Value ?? now;
        TimeSpan failing = since?.LastTransitionTime is { } at ? created - at.Value : TimeSpan.Zero;
        TimeSpan patience = failing > LongestPatience ? LongestPatience : failing < Patience ? Patience : failing;
        return now >= created + patience ? (oldest, null) : (null, created + patience);
    }

    private static (AgentPod? Pod, DateTimeOffset? At) Hanging(AgentPod[] asking, DateTimeOffset now)
    {
        AgentPod? waiting = asking.Where(static pod => HasSidecar(pod) && !IsReady(pod)).MinBy(static pod => pod.Metadata.CreationTimestamp?.Value);
        DateTimeOffset? at = waiting is null ? null : (waiting.Status?.Conditions?.FirstOrDefault(static condition => condition.Type == "Ready")?.LastTransitionTime?.Value ?? waiting.Metadata.CreationTimestamp?.Value ?? now) + ReadyPatience;
        return at <= now ? (waiting, null) : (null, at);
    }

    private static bool HasSidecar(AgentPod pod) => pod.Label(InjectedLabel) == "true" && SidecarOf(pod) is not null;

    private static AgentPodContainer? SidecarOf(AgentPod pod) => (pod.Spec?.Containers ?? []).Concat(pod.Spec?.InitContainers ?? []).FirstOrDefault(static container => container.Name == Sidecar);

    private static bool IsReady(AgentPod pod) => StatusOf(pod) is null or { Ready: true };

    private static string StateOf(AgentPod pod) => StatusOf(pod)?.State?.Waiting?.Reason ?? StatusOf(pod)?.LastState?.Terminated?.Reason ?? "running";

    private static ContainerStatus? StatusOf(AgentPod pod) => (pod.Status?.ContainerStatuses ?? []).Concat(pod.Status?.InitContainerStatuses ?? []).FirstOrDefault(static status => status.Name == Sidecar);

    private static DateTimeOffset? Earlier(DateTimeOffset? left, DateTimeOffset? right) => left is null || right < left ? right : left;
}
