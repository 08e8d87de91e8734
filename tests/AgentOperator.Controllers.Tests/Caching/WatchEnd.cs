namespace AgentOperator.Controllers.Tests.Caching;

/// <summary>How a generated watch ends.</summary>
internal enum WatchEnd
{
    Normal,
    Broken,
    ErrorEvent,
    ExpiredEvent,
    ExpiredAtTheNextStart,
    Refused,
    ListFails,
}
