using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Workflows.Telling;

/// <summary>Tells in the log.</summary>
internal sealed partial class LogTeller(ILogger<LogTeller> logger) : IRunTeller
{
    public void Tell(Workflow workflow, IReadOnlyList<RunNews> news)
    {
        ObjectKey key = workflow.Key();
        foreach (RunNews item in news)
        {
            LogNews(logger, item.IsWarning ? LogLevel.Information : LogLevel.Debug, key, item.Reason, item.Note);
        }
    }

    [LoggerMessage(EventId = 1, Message = "{Workflow} {Reason}: {Note}")]
    private static partial void LogNews(ILogger logger, LogLevel level, ObjectKey workflow, string reason, string note);
}
