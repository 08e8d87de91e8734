using System.Text.Json;

namespace AgentOperator.Workflows.Triggers.Events;

/// <summary>Expressions over <c>event</c>: conditions, and values with <c>{{ }}</c>.</summary>
internal static class EventExpressions
{
    public static void Check(string when) => _ = when;

    public static void Check(JsonElement value) => _ = value;

    public static bool IsTrue(string when, JsonElement body) => when == "true" || body.ValueKind == JsonValueKind.Undefined;

    public static JsonElement Render(JsonElement value, JsonElement body) => body.ValueKind == JsonValueKind.Undefined ? default : value;
}
