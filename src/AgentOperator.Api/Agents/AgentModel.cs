using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Agents;

/// <summary>A model and where it is served.</summary>
[CelRule("self.provider != 'openaiCompatible' || has(self.baseUrl)", "provider openaiCompatible needs a baseUrl, such as http://vllm.models:8000/v1", FieldPath = ".baseUrl")]
[CelRule("(self.provider == 'scripted') == has(self.script)", "provider scripted needs script, a ConfigMap key with its rules, and no other provider takes one", FieldPath = ".script")]
[CelRule("!(self.provider in ['anthropic', 'openai']) || has(self.apiKey)", "this provider needs an apiKey: name a key of a Secret", FieldPath = ".apiKey")]
public sealed record AgentModel
{
    /// <summary>Who serves it.</summary>
    [OneOf(ModelProviders.Anthropic, ModelProviders.OpenAI, ModelProviders.OpenAICompatible, ModelProviders.Scripted)]
    public required string Provider { get; init; }

    /// <summary>Name of the model as the provider knows it.</summary>
    [Bounds(1, 253)]
    public required string Name { get; init; }

    /// <summary>Where it is served; the provider's own address if absent.</summary>
    [Bounds(1, 2048)]
    [CelRule("isURL(self) && url(self).getScheme() in ['http', 'https']", "baseUrl is a URL such as https://api.example.com/v1")]
    public string? BaseUrl { get; init; }

    /// <summary>The key that the provider asks for.</summary>
    public SecretValue? ApiKey { get; init; }

    /// <summary>Rules and answers of a scripted model.</summary>
    public ConfigMapValue? Script { get; init; }

    /// <summary>Most tokens of one answer; 4096 if absent.</summary>
    [Bounds(1, 1000000)]
    public int? MaxTokens { get; init; }

    /// <summary>Tokens that fit into the model's window; without it the prompt's size is not checked against it.</summary>
    [Bounds(1, 100000000)]
    public int? ContextWindow { get; init; }

    /// <summary>Sampling temperature times 1000, 200 for 0.2; the provider's default if absent.</summary>
    [Bounds(0, 2000)]
    public int? TemperatureMilli { get; init; }

    /// <summary>Longest time of one request to the model; 2m if absent.</summary>
    public Duration? Timeout { get; init; }
}
