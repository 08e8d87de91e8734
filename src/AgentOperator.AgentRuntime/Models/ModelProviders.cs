namespace AgentOperator.AgentRuntime.Models;

/// <summary>The values of <c>models[].provider</c>.</summary>
internal static class ModelProviders
{
    public const string Anthropic = "anthropic";

    public const string OpenAI = "openai";

    /// <summary>Any server that speaks OpenAI's chat completions: vLLM, Ollama, Azure, Gemini.</summary>
    public const string OpenAICompatible = "openaiCompatible";

    /// <summary>Answers from a file.</summary>
    public const string Scripted = "scripted";
}
