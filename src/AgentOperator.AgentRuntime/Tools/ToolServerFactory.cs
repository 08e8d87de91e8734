using AgentOperator.Api.Runtime;

namespace AgentOperator.AgentRuntime.Tools;

/// <summary>The servers of tools that the configuration names.</summary>
internal static class ToolServerFactory
{
    public static List<IToolServer> Create(RuntimeConfig config, Func<string, string?> environment, TimeProvider time, List<string> problems)
    {
        List<IToolServer> servers = [];
        string[] secrets =
        [
            "DAPR_API_TOKEN", "APP_API_TOKEN",
            .. config.Models.Select(static model => model.ApiKeyVariable).Concat(config.Tools.SelectMany(static tool => tool.Headers).Select(static header => header.Variable)).OfType<string>().Distinct(StringComparer.Ordinal),
        ];
        foreach (RuntimeTool tool in config.Tools)
        {
            Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
            foreach (RuntimeHeader header in tool.Headers)
            {
                string? value = header.Value ?? (header.Variable is { } variable ? environment(variable) : null);
                if (value is null)
                {
                    problems.Add($"tools.{tool.Name}: the header {header.Name} needs the environment variable {header.Variable}, which is not set");
                    continue;
                }

                headers[header.Name] = value;
            }

            bool hasUrl = Uri.TryCreate(tool.Url, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https";
            if (!hasUrl && (tool.IsAgent || tool.Command is not { Count: > 0 }))
            {
                problems.Add($"tools.{tool.Name}: it needs an http or https url{(tool.IsAgent ? "" : ", or a command")}");
                continue;
            }

            servers.Add(tool.IsAgent ? new AgentToolServer(tool, url!, headers, time) : new McpToolServer(tool, url, headers, secrets));
        }

        return servers;
    }
}
