using System.Text.Json;
using AgentOperator.Api.Agents;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Checking;

namespace AgentOperator.Agents.Resolving;

/// <summary>What a spec refers to.</summary>
internal static class AgentReferences
{
    /// <summary>The key of Dapr's token Secrets.</summary>
    public const string TokenKey = "token";

    public static IReadOnlyList<SecretReference> Secrets(AgentSpec spec)
    {
        IEnumerable<ObjectKeySelector?> keys =
        [
            .. (spec.Models ?? []).Select(static model => model.ApiKey?.SecretKeyRef),
            .. (spec.Tools ?? []).SelectMany(static tool => tool.Mcp?.Headers ?? []).Select(static header => header.ValueFrom?.SecretKeyRef),
            spec.Dapr?.ApiTokenSecret is { } api ? new ObjectKeySelector { Name = api.Name, Key = TokenKey } : null,
            spec.Dapr?.AppTokenSecret is { } app ? new ObjectKeySelector { Name = app.Name, Key = TokenKey } : null,
        ];
        return
        [
            .. keys.OfType<ObjectKeySelector>().Select(static key => new SecretReference(key, false))
                .Concat((spec.Deployment?.Env ?? []).Select(static variable => OfVariable(variable.ValueFrom)).OfType<SecretReference>())
                .Distinct(),
        ];
    }

    public static IReadOnlyList<ObjectKeySelector> Scripts(AgentSpec spec) =>
        [.. (spec.Models ?? []).Select(static model => model.Script?.ConfigMapKeyRef).OfType<ObjectKeySelector>().Distinct()];

    public static IReadOnlyList<string> Agents(AgentSpec spec) => [.. (spec.Tools ?? []).Select(static tool => tool.Agent?.Name).OfType<string>().Distinct(StringComparer.Ordinal)];

    private static SecretReference? OfVariable(JsonElement? source)
    {
        try
        {
            return PodPart.Read<EnvVarSource>(source)?.SecretKeyRef is { Name: { } name } key ? new SecretReference(new ObjectKeySelector { Name = name, Key = key.Key }, key.Optional == true) : null;
        }
        catch (JsonException)
        {
            // Told where the pod is built.
            return null;
        }
    }
}
