using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Jobs;

/// <summary>podFailurePolicy: the first rule that matches decides.</summary>
internal static class PodFailureRules
{
    public static PodFailureVerdict Judge(PodFailurePolicy? policy, Pod pod)
    {
        IReadOnlyList<PodFailurePolicyRule> rules = policy?.Rules ?? [];
        for (int index = 0; index < rules.Count; index++)
        {
            PodFailurePolicyRule rule = rules[index];
            string? match = rule.OnExitCodes is { } codes ? MatchExitCode(codes, pod) : MatchCondition(rule.OnPodConditions ?? [], pod);
            if (match is not null)
            {
                return rule.Action switch
                {
                    "Ignore" => new PodFailureVerdict(Counts: false, null),
                    "FailJob" => new PodFailureVerdict(Counts: true, $"{match} matching {rule.Action} rule at index {index}"),
                    "FailIndex" => new PodFailureVerdict(Counts: true, null, FailIndex: true),
                    _ => new PodFailureVerdict(Counts: true, null),
                };
            }
        }

        return new PodFailureVerdict(Counts: true, null);
    }

    private static string? MatchExitCode(PodFailurePolicyOnExitCodes codes, Pod pod)
    {
        foreach (ContainerStatus status in (pod.Status?.ContainerStatuses ?? []).Concat(pod.Status?.InitContainerStatuses ?? []))
        {
            if (status.State?.Terminated is { ExitCode: not 0 and var code }
                && (codes.ContainerName is null || codes.ContainerName == status.Name)
                && codes.Values.Contains(code) == (codes.Operator == "In"))
            {
                return $"Container {status.Name} for pod {pod.Key()} failed with exit code {code}";
            }
        }

        return null;
    }

    private static string? MatchCondition(IReadOnlyList<PodFailurePolicyOnPodCondition> patterns, Pod pod)
    {
        foreach (PodCondition condition in pod.Status?.Conditions ?? [])
        {
            if (patterns.Any(pattern => pattern.Type == condition.Type && pattern.Status == condition.Status))
            {
                return $"Pod {pod.Key()} has condition {condition.Type}";
            }
        }

        return null;
    }
}
