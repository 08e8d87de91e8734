using System.Text.Json;
using AgentOperator.Agents.Building;
using AgentOperator.Agents.Observing;
using AgentOperator.Agents.Resolving;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Digests;
using AgentOperator.Api.Runtime;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers.Access;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Items;
using AgentOperator.Workflows.Results;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Jobs;

/// <summary>Fetches what an attempt's Job is made of: results outside of status, the prompt's revision, the agent's configuration.</summary>
[RequiresAccess<ConfigMap>(Verbs.Get)]
[RequiresAccess<ControllerRevision>(Verbs.Get)]
[RequiresAccess<Agent>(Verbs.Get)]
internal sealed class StepMaterials(KubeClient client, OutputLoader outputs, ItemLists lists, PriceCatalogueReader prices)
{
    /// <exception cref="MissingMaterialException">Something that the attempt needs is gone; the message says what.</exception>
    public async Task<StepMaterial> GatherAsync(Workflow workflow, WorkflowStatus status, AttemptStart start, CancellationToken cancellation)
    {
        string ns = workflow.Metadata.Namespace!;
        RunScope scope = new(status, await LoadAsync(ns, start.Step, status, cancellation)) { Visit = start.Visit, Files = start.Step.Container is null ? null : new StepFiles() };
        StepMaterial material = await GatherAsync(ns, start, scope, cancellation);
        return start.Step.ForEach is null ? material : WithItems(workflow, status, start, material);
    }

    private async Task<StepMaterial> GatherAsync(string ns, AttemptStart start, RunScope scope, CancellationToken cancellation)
    {
        StepTarget? target = start.Target;
        return start.Step switch
        {
            { Agent: not null } when target is { Mode: AgentStepModes.InJob, Agent: { } agent } => await AgentAsync(ns, agent, target.Revision, scope, cancellation),
            { Prompt: { } prompt } => await PromptAsync(ns, start.Step.Name, prompt, target!, scope, cancellation),
            { Tool: { } tool } => ToolOf(ns, start.Step.Name, tool, scope),
            _ => new StepMaterial { Scope = scope },
        };
    }

    private StepMaterial WithItems(Workflow workflow, WorkflowStatus status, AttemptStart start, StepMaterial material)
    {
        StepStatus step = RunParts.WithSpecs(status).First(entry => entry.Part == start.Part && entry.Status.Name == start.Step.Name).Status;
        ItemList list = lists.Find(start.Step, step.Items!, material.Scope);
        if (start.Item is { } place)
        {
            return material with { Item = list[place], Scope = new ItemScope(material.Scope, list[place], place) };
        }

        StepItem[] items = [.. IndexRanges.Parse(start.Items).Select(item => RuntimeTask.ItemOf(workflow, status, start, item, new ItemScope(material.Scope, list[item], item)))];
        return material with
        {
            ItemInputs = ItemInputs.Of(workflow, status, start, items),
            Shape = IndexedShape.Of(start.Step.ForEach!, start.Step.Retry ?? status.RunSpec!.Defaults?.Retry, step),
        };
    }

    private async Task<IReadOnlyDictionary<string, JsonElement>> LoadAsync(string ns, WorkflowStep step, WorkflowStatus status, CancellationToken cancellation)
    {
        Dictionary<string, JsonElement> loaded = new(StringComparer.Ordinal);
        foreach ((ValuePath path, OutputReference reference) in ReferencedOutputs.Of(step, status))
        {
            loaded[reference.Sha256] = await outputs.LoadAsync(ns, reference, cancellation)
                ?? throw new MissingMaterialException($"{{{{ {path} }}}} cannot be read: ConfigMap {reference.ConfigMap}, which holds it, is gone or was changed; run the workflow again");
        }

        return loaded;
    }

    private async Task<StepMaterial> AgentAsync(string ns, string name, string? revision, IValueScope scope, CancellationToken cancellation)
    {
        Agent? agent = await client.Resource<Agent>(ns).FindAsync(name, cancellation);
        ConfigMap? map = await client.Resource<ConfigMap>(ns).FindAsync(AgentNames.ConfigMapOf(name), cancellation);
        if (agent is null || map?.ControllerOwner()?.Uid != agent.Metadata.Uid || map?.Data?.GetValueOrDefault(AgentConfigMap.Key) is not { } text)
        {
            throw new MissingMaterialException($"Agent {name}, which this step is to be, is gone or has no configuration");
        }

        // A step's pod has no sidecar of the agent's and no address.
        RuntimeConfig config = JsonSerializer.Deserialize(text, RuntimeJsonContext.Default.RuntimeConfig)! with { Dapr = null, Url = null };
        if (config.Revision != revision || agent.Status?.Revision != revision)
        {
            throw new MissingMaterialException($"Agent {name} has changed since this attempt was decided");
        }

        return new StepMaterial { Scope = scope, Agent = config, Secrets = AgentEnvironment.OfSecrets(agent.Spec) };
    }

    private async Task<StepMaterial> PromptAsync(string ns, string step, PromptStep prompt, StepTarget target, IValueScope scope, CancellationToken cancellation)
    {
        ControllerRevision? revision = await client.Resource<ControllerRevision>(ns).FindAsync(target.PromptRevision!, cancellation);
        if (revision?.Data?.Deserialize(RuntimeJsonContext.Default.PromptContent) is not { } content || PromptDigest.Of(content) != target.PromptDigest)
        {
            throw new MissingMaterialException($"ControllerRevision {target.PromptRevision}, which holds prompt {target.Prompt}, is gone or was changed");
        }

        RuntimeConfig config = new()
        {
            Name = step,
            Namespace = ns,
            Models = await ModelsAsync(ns, prompt.Models, cancellation),
            Prompt = new RuntimePrompt { Name = prompt.Template.Name, Digest = target.PromptDigest, Content = content },
            Skills = [new AgentSkill { Name = RuntimeTask.PromptSkill, Input = content.Inputs, Output = content.Output }],
            Limits = prompt.Limits,
            Prices = await prices.ReadAsync(cancellation),
        };
        return new StepMaterial { Scope = scope, Agent = config, Secrets = AgentEnvironment.OfSecrets(new AgentSpec { Models = prompt.Models }) };
    }

    private static StepMaterial ToolOf(string ns, string step, ToolStep tool, IValueScope scope)
    {
        AgentTool server = new() { Mcp = tool.Mcp };
        return new StepMaterial
        {
            Scope = scope,
            Agent = new RuntimeConfig { Name = step, Namespace = ns, Tools = [AgentResolver.ToolOf(server, ns)] },
            Secrets = AgentEnvironment.OfSecrets(new AgentSpec { Tools = [server] }),
        };
    }

    private async Task<IReadOnlyList<RuntimeModel>> ModelsAsync(string ns, IReadOnlyList<AgentModel> models, CancellationToken cancellation)
    {
        List<RuntimeModel> found = [];
        foreach (AgentModel model in models)
        {
            string? script = model.Script?.ConfigMapKeyRef is { } key
                ? (await client.Resource<ConfigMap>(ns).FindAsync(key.Name, cancellation))?.Data?.GetValueOrDefault(key.Key)
                    ?? throw new MissingMaterialException($"ConfigMap {key.Name} with the key {key.Key}, which holds the script of model {model.Name}, is not there")
                : null;
            found.Add(AgentResolver.ModelOf(model, script));
        }

        return found;
    }
}
