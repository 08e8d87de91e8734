using System.Text.Json;

namespace AgentOperator.AgentRuntime.Guard;

/// <summary>What stands between callers, tools and models.</summary>
internal interface IGuard
{
    /// <summary>Most bytes of an input.</summary>
    int MaxInputBytes { get; }

    /// <summary>True when texts are changed: deltas of a model are then held back.</summary>
    bool Redacts { get; }

    /// <summary>An input before a model sees it.</summary>
    GuardVerdict<JsonElement> CheckInput(JsonElement input);

    /// <summary>A result of a tool before a model sees it: as little trusted as an input.</summary>
    GuardVerdict<string> CheckToolResult(string text);

    /// <summary>A result before a caller sees it.</summary>
    JsonElement Redact(JsonElement value);

    /// <summary>A text before a caller sees it.</summary>
    string Redact(string text);
}
