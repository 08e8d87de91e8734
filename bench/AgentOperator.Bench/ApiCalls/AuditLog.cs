using System.Text.Json;

namespace AgentOperator.Bench.ApiCalls;

/// <summary>The API server's audit log: one JSON event a line, written at the end of each request (audit.k8s.io/v1, level Metadata).</summary>
internal static class AuditLog
{
    public const string Policy = """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [RequestReceived, ResponseStarted]
        rules: [{ level: Metadata }]
        """;

    /// <summary>Verb and resource, such as <c>patch workflows/status</c>, of each request of a user in a namespace.</summary>
    public static IReadOnlyList<string> Read(string path, string user, string ns)
    {
        List<string> calls = [];
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(file);
        while (reader.ReadLine() is { } line)
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            if (root.GetProperty("user").GetProperty("username").GetString() == user
                && root.TryGetProperty("objectRef", out JsonElement target)
                && target.TryGetProperty("namespace", out JsonElement space) && space.GetString() == ns)
            {
                string subresource = target.TryGetProperty("subresource", out JsonElement sub) ? $"/{sub.GetString()}" : "";
                calls.Add($"{root.GetProperty("verb").GetString()} {target.GetProperty("resource").GetString()}{subresource}");
            }
        }

        return calls;
    }
}
