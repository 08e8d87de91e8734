using ModelContextProtocol.Protocol;

namespace AgentOperator.AgentRuntime.Tools;

/// <summary>Results of MCP tools as texts.</summary>
internal static class McpResults
{
    public static ToolResult Read(CallToolResult result)
    {
        List<string> parts = [];
        foreach (ContentBlock block in result.Content)
        {
            parts.Add(block switch
            {
                TextContentBlock text => text.Text,
                EmbeddedResourceBlock { Resource: TextResourceContents resource } => resource.Text,
                ResourceLinkBlock link => $"[{link.Name}]({link.Uri})",
                _ => $"[{block.Type}, which is not shown to the model]",
            });
        }

        if (parts.Count == 0 && result.StructuredContent is { } structured)
        {
            parts.Add(structured.GetRawText());
        }

        return new ToolResult(string.Join('\n', parts), result.IsError is true, result.StructuredContent);
    }
}
