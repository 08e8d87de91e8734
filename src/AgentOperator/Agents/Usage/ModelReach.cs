using AgentOperator.Api.Agents;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Agents.Usage;

/// <summary>Whether models answer, as the pods tell.</summary>
internal static class ModelReach
{
    private const int MaxMessage = 1024;

    /// <param name="models">How many models the agent has.</param>
    /// <param name="live">The newest reports of the pods that there are.</param>
    public static ConditionState Of(int models, IReadOnlyList<StoredReport> live)
    {
        string[] problems =
        [
            .. live.SelectMany(static stored => stored.Report.ModelProblems)
                .GroupBy(static problem => problem.Model, StringComparer.Ordinal)
                .OrderBy(static model => model.Key, StringComparer.Ordinal)
                .Select(static model => $"{model.Key}: {model.Select(static problem => problem.Message).Order(StringComparer.Ordinal).First()}"),
        ];
        string message = string.Join("; ", problems);
        message = message.Length <= MaxMessage ? message : message[..MaxMessage];
        if (problems.Length >= models && problems.Length > 0)
        {
            return State(ConditionStatus.False, "ModelsFail", message);
        }

        return live.Any(static stored => stored.Report.IsModelReached == true)
            ? State(ConditionStatus.True, problems is [] ? "Answered" : "SomeFail", message.Length == 0 ? "models answer" : message)
            : State(ConditionStatus.Unknown, "NotAsked", problems is [] ? "no model was asked yet" : message);
    }

    private static ConditionState State(string status, string reason, string message) => new(AgentConditionTypes.ModelReachable, status, reason, message);
}
