using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AgentOperator.Agents.Building;
using AgentOperator.Agents.Dapr;
using AgentOperator.Agents.Observing;
using AgentOperator.Api;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Digests;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Api.Runtime;
using AgentOperator.Kube.Models;

namespace AgentOperator.Agents.Resolving;

/// <summary>Puts what a spec refers to in the place of its references.</summary>
internal static class AgentResolver
{
    public static ResolvedAgent Resolve(Agent agent, AgentObservation seen, AgentPlatform platform)
    {
        AgentSpec spec = agent.Spec;
        string image = spec.Deployment?.Image ?? platform.RuntimeImage;
        string mode = DaprChoice.ModeOf(spec, agent.Status?.Dapr, seen.Dapr);
        ResolvedPrompt? prompt = seen.Prompt is { } revision ? new ResolvedPrompt { Name = spec.Prompt!.Name, Revision = revision.Number, Digest = revision.Digest } : null;
        string revisionDigest = RevisionOf(spec, image, prompt);
        RuntimeConfig config = ConfigOf(agent, seen, revisionDigest, mode == DaprModes.Always);
        string text = JsonSerializer.Serialize(config, RuntimeJsonContext.Default.RuntimeConfig);
        return new ResolvedAgent
        {
            Problems = [.. Missing(agent, seen, mode)],
            Config = config,
            ConfigText = text,

            // The prices' file changes under the pods that there are: no price is worth a rollout.
            ConfigHash = HashOf(JsonSerializer.Serialize(config with { Prices = null }, RuntimeJsonContext.Default.RuntimeConfig), seen),
            Revision = revisionDigest,
            Prompt = prompt,
            Image = image,
            DaprMode = mode,
        };
    }

    private static RuntimeConfig ConfigOf(Agent agent, AgentObservation seen, string revision, bool hasDapr)
    {
        AgentSpec spec = agent.Spec;
        string ns = agent.Metadata.Namespace!;
        return new RuntimeConfig
        {
            Name = agent.Metadata.Name!,
            Namespace = ns,
            Revision = revision,
            Role = spec.Role,
            Description = spec.Description,
            Capabilities = spec.Capabilities ?? [],
            Url = AgentNames.UrlOf(agent.Metadata.Name!, ns),
            Models = [.. (spec.Models ?? []).Select(model => ModelOf(model, model.Script is { } script ? seen.Scripts.GetValueOrDefault(script.ConfigMapKeyRef)?.Value : null))],
            Prompt = PromptOf(spec, seen),
            Skills = spec.Skills ?? [],
            Tools = [.. (spec.Tools ?? []).Select(tool => ToolOf(tool, ns))],
            Limits = spec.Limits,
            Memory = spec.Memory,
            Guard = spec.Guard,
            Dapr = hasDapr
                ? new RuntimeDapr { AppId = DaprChoice.AppIdOf(agent), StateStore = DaprChoice.StateStoreOf(spec), Subscriptions = spec.Dapr?.Subscriptions ?? [] }
                : null,
            Prices = seen.Prices,
        };
    }

    /// <summary>A model as the runtime gets it.</summary>
    public static RuntimeModel ModelOf(AgentModel model, string? script) => new()
    {
        Provider = model.Provider,
        Name = model.Name,
        BaseUrl = model.BaseUrl,
        ApiKeyVariable = model.ApiKey is { } key ? AgentNames.SecretVariable(key.SecretKeyRef) : null,
        Script = script,
        MaxTokens = model.MaxTokens,
        ContextWindow = model.ContextWindow,
        TemperatureMilli = model.TemperatureMilli,
        TimeoutMilliseconds = Milliseconds(model.Timeout),
    };

    private static RuntimePrompt? PromptOf(AgentSpec spec, AgentObservation seen) =>
        spec.SystemPrompt is { } text
            ? new RuntimePrompt { Content = new PromptContent { Messages = [new PromptMessage { Role = PromptRoles.System, Content = text }] }, IsLiteral = true }
            : seen.Prompt is { } revision
                ? new RuntimePrompt { Name = spec.Prompt!.Name, Revision = revision.Number, Digest = revision.Digest, Content = revision.Content }
                : null;

    /// <summary>A server of tools as the runtime gets it.</summary>
    public static RuntimeTool ToolOf(AgentTool tool, string ns) => new()
    {
        Name = tool.Agent?.Name ?? tool.Mcp!.Name,
        IsAgent = tool.Agent is not null,
        Url = tool.Agent is { } other ? AgentNames.UrlOf(other.Name, ns) : tool.Mcp!.Url,
        Command = tool.Mcp?.Command,
        Headers = [.. (tool.Mcp?.Headers ?? []).Select(static header => new RuntimeHeader { Name = header.Name, Value = header.Value, Variable = header.ValueFrom is { } value ? AgentNames.SecretVariable(value.SecretKeyRef) : null })],
        Allow = tool.Allow,
        RequireApproval = tool.RequireApproval ?? [],
        TimeoutMilliseconds = Milliseconds(tool.Timeout),
    };

    private static IEnumerable<ReferenceProblem> Missing(Agent agent, AgentObservation seen, string mode)
    {
        AgentSpec spec = agent.Spec;
        if (spec.Prompt is not null && seen.Prompt is null)
        {
            yield return new ReferenceProblem("PromptNotFound", seen.PromptProblem ?? $"PromptTemplate {spec.Prompt.Name} does not exist");
        }

        foreach (SecretReference secret in AgentReferences.Secrets(spec).Where(static secret => !secret.IsOptional))
        {
            if (MissingKey("Secret", secret.Key, seen.Secrets) is { } problem)
            {
                yield return problem;
            }
        }

        foreach (ObjectKeySelector script in AgentReferences.Scripts(spec))
        {
            if (MissingKey("ConfigMap", script, seen.Scripts) is { } problem)
            {
                yield return problem;
            }
        }

        foreach (string name in AgentReferences.Agents(spec).Where(name => name != agent.Metadata.Name && seen.Neighbours.All(neighbour => neighbour.Metadata.Name != name)))
        {
            yield return new ReferenceProblem("AgentNotFound", $"Agent {name} does not exist: create it in this namespace, or remove it from tools");
        }

        if (!seen.HasServiceAccount)
        {
            yield return new ReferenceProblem("ServiceAccountNotFound", $"ServiceAccount {spec.Deployment!.ServiceAccountName} does not exist: create it in this namespace");
        }

        foreach (ReferenceProblem problem in DaprChoice.Problems(agent, seen, mode))
        {
            yield return problem;
        }
    }

    private static ReferenceProblem? MissingKey(string kind, ObjectKeySelector key, IReadOnlyDictionary<ObjectKeySelector, FoundKey> found) =>
        found.GetValueOrDefault(key) switch
        {
            { HasObject: true, Value: not null } => null,
            { HasObject: true } => new ReferenceProblem($"{kind}KeyNotFound", $"{kind} {key.Name} has no key {key.Key}: add it"),
            _ => new ReferenceProblem($"{kind}NotFound", $"{kind} {key.Name} does not exist: create it in this namespace with the key {key.Key}"),
        };

    private static string RevisionOf(AgentSpec spec, string image, ResolvedPrompt? prompt)
    {
        AgentSpec counted = new() { Models = spec.Models, Tools = spec.Tools, SystemPrompt = spec.SystemPrompt, Deployment = new AgentDeployment { Image = image }, Prompt = prompt is null ? null : new PromptReference { Name = prompt.Name, Version = prompt.Digest } };
        return "sha256:" + Hex(CanonicalJson.Format(JsonSerializer.SerializeToElement(counted, ApiJsonContext.Default.AgentSpec)));
    }

    private static string HashOf(string config, AgentObservation seen)
    {
        StringBuilder text = new(config);
        foreach ((ObjectKeySelector key, FoundKey found) in seen.Secrets.OrderBy(static entry => entry.Key.Name, StringComparer.Ordinal).ThenBy(static entry => entry.Key.Key, StringComparer.Ordinal))
        {
            text.Append('\n').Append(key.Name).Append('/').Append(key.Key).Append('=').Append(found.Value);
        }

        return Hex(text.ToString());
    }

    private static string Hex(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static long? Milliseconds(Duration? duration) => duration is { } given ? (long)given.ToTimeSpan().TotalMilliseconds : null;
}
