using AgentOperator.Local.Dapr.Expressions;

namespace AgentOperator.Local.Dapr.Subscriptions;

/// <summary>A path and when it is taken; without a rule always.</summary>
internal sealed record Route(Rule? Rule, string Path);
