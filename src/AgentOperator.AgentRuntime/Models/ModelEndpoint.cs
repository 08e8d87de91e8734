using AgentOperator.Api.Agents;

namespace AgentOperator.AgentRuntime.Models;

/// <summary>One entry of an agent's models, with its secret resolved.</summary>
internal sealed record ModelEndpoint
{
    /// <summary>One of <see cref="ModelProviders"/>.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's name of the model.</summary>
    public required string Name { get; init; }

    /// <summary>Where the API lives, with its version where it has one (<c>http://vllm.models:8000/v1</c>); null is the provider's own.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>In memory only: never printed.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Tokens of an answer at most, when the call names no number.</summary>
    public int? MaxTokens { get; init; }

    public float? Temperature { get; init; }

    /// <summary>For one try at an answer; in a stream, for the wait until its first content and between any two pieces.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Rules of a scripted model: their text (docs/models.md).</summary>
    public string? Script { get; init; }

    /// <summary>In place of the text, the path of a file with it.</summary>
    public string? ScriptFile { get; init; }

    /// <summary>Without the key.</summary>
    public override string ToString() => $"{Provider}/{Name}";
}
