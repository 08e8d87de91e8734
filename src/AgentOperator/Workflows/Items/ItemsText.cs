using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Items;

/// <summary>The items of a step as they are written: lists within records compare by reference.</summary>
internal static class ItemsText
{
    public static string Of(ItemsStatus items) => JsonSerializer.Serialize(items, ApiJsonContext.Default.ItemsStatus);
}
