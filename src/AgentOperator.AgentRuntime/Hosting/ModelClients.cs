using AgentOperator.AgentRuntime.Models;
using AgentOperator.AgentRuntime.Models.Scripted;
using AgentOperator.Api.Runtime;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Hosting;

/// <summary>The models of an agent as one client.</summary>
internal static class ModelClients
{
    /// <summary>The client; null after a problem.</summary>
    public static IChatClient? Create(RuntimeConfig config, Func<string, string?> environment, TimeProvider time, List<string> problems)
    {
        if (config.Models.Count == 0)
        {
            problems.Add("models: there is none");
            return null;
        }

        int before = problems.Count;
        ModelEndpoint[] endpoints = [.. config.Models.Select(model => Endpoint(model, environment, problems))];
        if (problems.Count > before)
        {
            return null;
        }

        try
        {
            return ChatClients.Create(endpoints, time);
        }
        catch (Exception error) when (error is InvalidDataException or ScriptException)
        {
            problems.Add($"models: {error.Message}");
            return null;
        }
    }

    private static ModelEndpoint Endpoint(RuntimeModel model, Func<string, string?> environment, List<string> problems)
    {
        Uri? url = null;
        if (model.BaseUrl is { } text && (!Uri.TryCreate(text, UriKind.Absolute, out url) || url.Scheme is not ("http" or "https")))
        {
            problems.Add($"models.{model.Name}: baseUrl is no http or https URL");
        }

        string? key = model.ApiKeyVariable is { } variable ? environment(variable) : null;
        if (model.ApiKeyVariable is not null && string.IsNullOrEmpty(key))
        {
            problems.Add($"models.{model.Name}: the environment variable {model.ApiKeyVariable}, which holds the key, is not set");
        }

        return new ModelEndpoint
        {
            Provider = model.Provider,
            Name = model.Name,
            BaseUrl = url,
            ApiKey = key,
            MaxTokens = model.MaxTokens,
            Temperature = model.TemperatureMilli / 1000f,
            Timeout = TimeSpan.FromMilliseconds(model.TimeoutMilliseconds ?? 120_000),
            Script = model.Script,
        };
    }
}
