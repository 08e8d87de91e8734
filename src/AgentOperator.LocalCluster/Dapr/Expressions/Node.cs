using System.Text.Json.Nodes;

namespace AgentOperator.Local.Dapr.Expressions;

/// <summary>A part of an expression that has a value: bool, double, string, null, a JsonObject or a JsonArray.</summary>
/// <param name="event">The CloudEvent.</param>
internal delegate object? Node(JsonObject @event);
