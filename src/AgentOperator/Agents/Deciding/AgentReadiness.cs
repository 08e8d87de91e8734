using AgentOperator.Agents.Observing;
using AgentOperator.Agents.Resolving;
using AgentOperator.Api;
using AgentOperator.Api.Agents;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Agents.Deciding;

/// <summary>Ready, Reconciling, Stalled and ResolvedRefs, as kstatus reads them.</summary>
internal static class AgentReadiness
{
    private const int MaxMessage = 2048;

    public static IEnumerable<ConditionState> Of(AgentObservation seen, ResolvedAgent resolved, ChildOutcome children)
    {
        if (resolved.Problems is not [])
        {
            string message = string.Join("; ", resolved.Problems.Select(static problem => problem.Message));
            string left = seen.Deployment is null ? "" : "; the pods that there are run on unchanged";
            return
            [
                State(ConditionTypes.Ready, ConditionStatus.False, resolved.Problems[0].Reason, message + left),
                State(AgentConditionTypes.ResolvedRefs, ConditionStatus.False, resolved.Problems[0].Reason, message),
            ];
        }

        ConditionState refs = State(AgentConditionTypes.ResolvedRefs, ConditionStatus.True, "Resolved", "all that the spec names is there");
        return children is { RefusalReason: { } reason, Refusal: { } refusal }
            ? [State(ConditionTypes.Ready, ConditionStatus.False, reason, refusal), State(ConditionTypes.Stalled, ConditionStatus.True, reason, refusal), refs]
            : [.. children.Awaited is { } awaited ? Waiting(seen, awaited) : Rollout(seen, children), refs];
    }

    /// <summary>Pods that answer go on to do so.</summary>
    private static IEnumerable<ConditionState> Waiting(AgentObservation seen, string awaited)
    {
        bool serves = seen.Deployment is { Status.AvailableReplicas: > 0 and var available } deployment && available >= (deployment.Spec?.Replicas ?? 1);
        string message = $"the channel to the operator is not served: {awaited}; {(seen.Deployment is null ? "no pod is made before it is" : "the pods that there are run on unchanged")}";
        return [State(ConditionTypes.Ready, serves ? ConditionStatus.True : ConditionStatus.False, "ChannelNotReady", message), State(ConditionTypes.Reconciling, ConditionStatus.True, "ChannelNotReady", message)];
    }

    private static IEnumerable<ConditionState> Rollout(AgentObservation seen, ChildOutcome children)
    {
        if (seen.Deployment is not { Status: { } status } deployment)
        {
            return [State(ConditionTypes.Ready, ConditionStatus.Unknown, "Starting", "the Deployment is being made"), State(ConditionTypes.Reconciling, ConditionStatus.True, "Starting", "the Deployment is being made")];
        }

        int wanted = deployment.Spec?.Replicas ?? 1;
        int updated = status.UpdatedReplicas ?? 0;
        int available = status.AvailableReplicas ?? 0;
        bool isObserved = !children.IsChanged && status.ObservedGeneration >= deployment.Metadata.Generation;
        if (isObserved && updated >= wanted && (status.Replicas ?? 0) == updated && available >= wanted)
        {
            return [wanted == 0 ? State(ConditionTypes.Ready, ConditionStatus.True, "ScaledToZero", "replicas is 0: no pod answers") : State(ConditionTypes.Ready, ConditionStatus.True, "Available", $"{available} of {wanted} pods are available")];
        }

        string progress = isObserved ? $"{updated} of {wanted} pods are of the new revision, {available} available" : "the Deployment has changed";
        ConditionState? trouble = isObserved ? Trouble(seen, deployment, status) : null;
        string reason = trouble?.Reason ?? "RollingOut";
        string message = trouble is { } told ? told.Message : progress;
        bool serves = available >= wanted && wanted > 0;
        return
        [
            State(ConditionTypes.Ready, serves ? ConditionStatus.True : ConditionStatus.False, reason, message),
            trouble is { Type: ConditionTypes.Stalled } ? State(ConditionTypes.Stalled, ConditionStatus.True, reason, message) : State(ConditionTypes.Reconciling, ConditionStatus.True, reason, message),
        ];
    }

    /// <summary>Why a rollout does not come on; of type Stalled when the Deployment has given up.</summary>
    private static ConditionState? Trouble(AgentObservation seen, Deployment deployment, DeploymentStatus status)
    {
        DeploymentCondition? refused = status.Conditions?.FirstOrDefault(static condition => condition is { Type: "ReplicaFailure", Status: ConditionStatus.True });
        DeploymentCondition? late = status.Conditions?.FirstOrDefault(static condition => condition is { Type: "Progressing", Status: ConditionStatus.False });
        string type = late is null ? ConditionTypes.Reconciling : ConditionTypes.Stalled;
        (string Reason, string Message)? pods = seen.Pods.OrderBy(static pod => pod.Metadata.Name, StringComparer.Ordinal).Select(PodTrouble).FirstOrDefault(static trouble => trouble is not null);
        return (refused, pods, late) switch
        {
            ({ } failure, _, _) => State(type, ConditionStatus.True, "PodsRefused", $"pods cannot be made: {failure.Message}"),
            (_, { } pod, _) => State(type, ConditionStatus.True, pod.Reason, pod.Message),
            (_, _, { } deadline) => State(type, ConditionStatus.True, deadline.Reason ?? "ProgressDeadlineExceeded", $"the rollout does not come on: {deadline.Message ?? $"kubectl describe deployment {deployment.Metadata.Name}"}"),
            _ => null,
        };
    }

    private static (string Reason, string Message)? PodTrouble(AgentPod pod)
    {
        if (pod.IsTerminating())
        {
            return null;
        }

        var waiting = (pod.Status?.InitContainerStatuses ?? []).Concat(pod.Status?.ContainerStatuses ?? [])
            .FirstOrDefault(static status => status.State?.Waiting?.Reason is not (null or "ContainerCreating" or "PodInitializing"));
        if (waiting?.State?.Waiting is { Reason: { } reason } state)
        {
            string ended = waiting.LastState?.Terminated is { } last ? $", it ended with {last.Reason} (exit code {last.ExitCode}){(last.Message is { Length: > 0 } said ? $": {said.Trim()}" : "")}" : "";
            return (reason, $"container {waiting.Name} of pod {pod.Metadata.Name} waits: {state.Message ?? reason}{ended}");
        }

        return pod.Status?.Conditions?.FirstOrDefault(static condition => condition is { Type: "PodScheduled", Status: ConditionStatus.False }) is { } unscheduled
            ? (unscheduled.Reason ?? "Unschedulable", $"pod {pod.Metadata.Name} has no node: {unscheduled.Message}")
            : null;
    }

    private static ConditionState State(string type, string status, string reason, string message) =>
        new(type, status, reason, message.Length <= MaxMessage ? message : message[..MaxMessage]);
}
