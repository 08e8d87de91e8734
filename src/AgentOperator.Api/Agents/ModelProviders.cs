namespace AgentOperator.Api.Agents;

/// <summary>Who serves a model.</summary>
public static class ModelProviders
{
    public const string Anthropic = "anthropic";
    public const string OpenAI = "openai";

    /// <summary>Any server of OpenAI's chat completions: vLLM, Ollama, Azure, Gemini's compatible endpoint.</summary>
    public const string OpenAICompatible = "openaiCompatible";

    /// <summary>Answers from a file, deterministic: tests and demos.</summary>
    public const string Scripted = "scripted";
}
