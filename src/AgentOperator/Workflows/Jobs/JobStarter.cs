using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Jobs;

/// <summary>Creates the Job of an attempt, once: a name that is taken by the same attempt is adopted.</summary>
internal sealed class JobStarter(KubeClient client, AttemptObserver observer, StepMaterials materials, StepPodSettings settings)
{
    /// <summary>Resource version of the Job; null when the API server would not take it, which the observer then remembers.</summary>
    public async Task<string?> StartAsync(Workflow workflow, WorkflowStatus status, AttemptStart start, CancellationToken cancellation)
    {
        ResourceClient<Job> jobs = client.Resource<Job>(workflow.Metadata.Namespace);
        Job job;
        try
        {
            StepMaterial material = await materials.GatherAsync(workflow, status, start, cancellation);
            job = StepJobBuilder.Build(workflow, status, start, material, settings.Get());
            ConfigMap? files = FilesPart.MapOf(workflow, status, start, material.Scope.Files);
            await GiveAsync(workflow, files is null ? material.ItemInputs ?? [] : [files], cancellation);
        }
        catch (TemplateException error)
        {
            observer.Refused(workflow, start.Job, error.Message, isInvalid: true);
            return null;
        }
        catch (MissingMaterialException error)
        {
            observer.Refused(workflow, start.Job, error.Message, isInvalid: false);
            return null;
        }
        catch (KubeApiException error) when (error.IsInvalid || error.IsTooLarge || (error.IsForbidden && !error.IsNamespaceTerminating))
        {
            observer.Refused(workflow, start.Job, error.Message, error.IsInvalid || error.IsTooLarge);
            return null;
        }

        try
        {
            return (await jobs.CreateAsync(job, cancellation)).Metadata.ResourceVersion;
        }
        catch (KubeApiException error) when (error.IsAlreadyExists)
        {
            return await AdoptAsync(jobs, workflow, job, cancellation);
        }
        catch (KubeApiException error) when (error.IsInvalid || error.IsTooLarge || (error.IsForbidden && !error.IsNamespaceTerminating))
        {
            // Admission judges before the name is looked up: a create whose answer was lost may be refused at the second try (quota), with the Job there.
            Job? found = await jobs.FindAsync(start.Job, cancellation);
            if (IsSame(found, workflow, job))
            {
                return found!.Metadata.ResourceVersion;
            }

            observer.Refused(workflow, start.Job, error.Message, error.IsInvalid || error.IsTooLarge);
            return null;
        }
    }

    /// <summary>What items are given, or what a container reads as files, is there before their Job is.</summary>
    private async Task GiveAsync(Workflow workflow, IReadOnlyList<ConfigMap> inputs, CancellationToken cancellation)
    {
        ResourceClient<ConfigMap> maps = client.Resource<ConfigMap>(workflow.Metadata.Namespace);
        foreach (ConfigMap map in inputs)
        {
            try
            {
                await maps.CreateAsync(map, cancellation);
            }
            catch (KubeApiException error) when (error.IsAlreadyExists)
            {
                // Named from the attempt and immutable: it was written before a crash.
                if ((await maps.FindAsync(map.Metadata.Name!, cancellation))?.IsOursOf(workflow.Metadata.Uid) != true)
                {
                    throw new MissingMaterialException($"a ConfigMap named {map.Metadata.Name} exists and is not this attempt's: delete it");
                }
            }
        }
    }

    private static bool IsSame(Job? found, Workflow workflow, Job wanted) =>
        found?.IsOursOf(workflow.Metadata.Uid) == true && found.Annotation(Labels.AttemptKey) == wanted.Annotation(Labels.AttemptKey);

    private async Task<string?> AdoptAsync(ResourceClient<Job> jobs, Workflow workflow, Job wanted, CancellationToken cancellation)
    {
        Job? found = await jobs.FindAsync(wanted.Metadata.Name!, cancellation);
        if (IsSame(found, workflow, wanted))
        {
            return found!.Metadata.ResourceVersion;
        }

        string message = $"a Job named {wanted.Metadata.Name} exists and is not this attempt's: delete it";
        observer.Refused(workflow, wanted.Metadata.Name!, message, isInvalid: false);
        return null;
    }
}
