namespace AgentOperator.Channels;

/// <summary>Who calls: a pod, as the API server vouches for it.</summary>
internal sealed record ChannelCaller(string Namespace, string PodName, string PodUid);
