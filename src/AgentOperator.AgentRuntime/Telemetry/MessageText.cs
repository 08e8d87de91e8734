using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Telemetry;

/// <summary>Messages as the GenAI conventions write them, for those who asked for content.</summary>
internal static class MessageText
{
    public static string Of(IEnumerable<ChatMessage> messages)
    {
        JsonArray list = [];
        foreach (ChatMessage message in messages)
        {
            JsonArray parts = [];
            foreach (AIContent content in message.Contents)
            {
                parts.Add(content switch
                {
                    TextContent text => new JsonObject { ["type"] = "text", ["content"] = text.Text },
                    FunctionCallContent call => new JsonObject { ["type"] = "tool_call", ["id"] = call.CallId, ["name"] = call.Name, ["arguments"] = JsonNode.Parse(JsonValues.Of(call.Arguments).GetRawText()) },
                    FunctionResultContent result => new JsonObject { ["type"] = "tool_call_response", ["id"] = result.CallId, ["response"] = result.Result?.ToString() },
                    _ => (JsonNode)new JsonObject { ["type"] = content.GetType().Name },
                });
            }

            list.Add((JsonNode)new JsonObject { ["role"] = message.Role.Value, ["parts"] = parts });
        }

        return list.ToJsonString();
    }
}
