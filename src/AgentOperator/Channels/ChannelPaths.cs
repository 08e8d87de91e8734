namespace AgentOperator.Channels;

/// <summary>Paths of the channel.</summary>
internal static class ChannelPaths
{
    public static string ResultOf(string ns, string workflow, string job) => $"/v1/namespaces/{ns}/workflows/{workflow}/attempts/{job}/result";

    public static string ReportOf(string ns, string agent) => $"/v1/namespaces/{ns}/agents/{agent}/reports";
}
