using AgentOperator.Api.Agents;
using AgentOperator.Api.Runtime;
using AgentOperator.Controllers.Access;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Agents;

/// <summary>Models as the runtime gets them, scripts and prices read from their ConfigMaps.</summary>
[RequiresAccess<ConfigMap>(Verbs.Get)]
internal sealed class RuntimeModels(KubeClient client)
{
    /// <exception cref="TemplateException">A script is not there.</exception>
    public async Task<IReadOnlyList<RuntimeModel>> OfAsync(string ns, IReadOnlyList<AgentModel> models, CancellationToken cancellation)
    {
        List<RuntimeModel> found = [];
        foreach (AgentModel model in models)
        {
            string? script = model.Script?.ConfigMapKeyRef is { } key ? await ScriptAsync(ns, key, cancellation) : null;
            found.Add(Of(model, found.Count, script));
        }

        return found;
    }

    public static RuntimeModel Of(AgentModel model, int index, string? script) => new()
    {
        Provider = model.Provider,
        Name = model.Name,
        BaseUrl = model.BaseUrl,
        ApiKeyVariable = model.ApiKey is null ? null : SecretVariables.OfModel(index),
        Script = script,
        MaxTokens = model.MaxTokens,
        ContextWindow = model.ContextWindow,
        TemperatureMilli = model.TemperatureMilli,
        TimeoutMilliseconds = model.Timeout is { } timeout ? (long)timeout.ToTimeSpan().TotalMilliseconds : null,
    };

    private async Task<string> ScriptAsync(string ns, ObjectKeySelector key, CancellationToken cancellation) =>
        (await client.Resource<ConfigMap>(ns).FindAsync(key.Name, cancellation))?.Data?.GetValueOrDefault(key.Key)
        ?? throw new TemplateException($"ConfigMap {key.Name} with the key {key.Key}, which holds the script of a model, is not there");
}
