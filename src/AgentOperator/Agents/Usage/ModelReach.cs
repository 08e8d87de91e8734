using AgentOperator.Api.Agents;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Agents.Usage;

/// <summary>Whether models answer, as the pods tell.</summary>
internal static class ModelReach
{
    private const int MaxMessage = 1024;
    private const int MaxPods = 5;

    /// <param name="models">How many models the agent has.</param>
    /// <param name="live">The newest report of each pod that there is.</param>
    public static ConditionState Of(int models, IReadOnlyList<StoredReport> live)
    {
        StoredReport[] failing = [.. live.Where(stored => Problems(stored) is > 0 and var count && count >= models)];
        StoredReport[] others = [.. live.Except(failing).Where(static stored => Problems(stored) > 0 || stored.Report.IsModelReached is not null)];
        string[] problems =
        [
            .. live.SelectMany(static stored => stored.Report.ModelProblems)
                .GroupBy(static problem => problem.Model, StringComparer.Ordinal)
                .OrderBy(static model => model.Key, StringComparer.Ordinal)
                .Select(static model => $"{model.Key}: {model.Select(static problem => problem.Message).Order(StringComparer.Ordinal).First()}"),
        ];
        string message = string.Join("; ", problems);
        if (failing is not [] && others is [])
        {
            return State(ConditionStatus.False, "ModelsFail", message);
        }

        message = failing is [] ? message : $"no model answers {PodsOf(failing)}: {message}";
        return others.Any(static stored => stored.Report.IsModelReached == true)
            ? State(ConditionStatus.True, problems is [] ? "Answered" : "SomeFail", message.Length == 0 ? "models answer" : message)
            : State(ConditionStatus.Unknown, "NotAsked", problems is [] ? "no model was asked yet" : message);
    }

    private static int Problems(StoredReport stored) => stored.Report.ModelProblems.Select(static problem => problem.Model).Distinct(StringComparer.Ordinal).Count();

    private static string PodsOf(StoredReport[] failing) =>
        $"{(failing.Length == 1 ? "pod" : "pods")} {string.Join(", ", failing.Select(static stored => stored.Pod).Order(StringComparer.Ordinal).Take(MaxPods))}{(failing.Length > MaxPods ? $" and {failing.Length - MaxPods} more" : "")}";

    private static ConditionState State(string status, string reason, string message) => new(AgentConditionTypes.ModelReachable, status, reason, message.Length <= MaxMessage ? message : message[..MaxMessage]);
}
