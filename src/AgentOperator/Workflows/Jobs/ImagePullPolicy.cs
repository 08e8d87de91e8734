namespace AgentOperator.Workflows.Jobs;

/// <summary>The API server's own default, written out: a tag that moves is pulled each time.</summary>
internal static class ImagePullPolicy
{
    public static string Of(string image)
    {
        if (image.Contains('@', StringComparison.Ordinal))
        {
            return "IfNotPresent";
        }

        string last = image[(image.LastIndexOf('/') + 1)..];
        int tag = last.IndexOf(':', StringComparison.Ordinal);
        return tag < 0 || last[(tag + 1)..] == "latest" ? "Always" : "IfNotPresent";
    }
}
