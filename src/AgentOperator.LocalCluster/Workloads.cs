using AgentOperator.Controllers;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Configuration;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.ApiExtensions;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Garbage;
using AgentOperator.Local.Images;
using AgentOperator.Local.Jobs;
using AgentOperator.Local.Node;
using AgentOperator.Local.Processes;
using AgentOperator.Local.Simulation;
using AgentOperator.Local.State;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Local;

/// <summary>What runs beside the API server: the stand-ins for kube-controller-manager, scheduler and kubelet.</summary>
internal sealed class Workloads : IAsyncDisposable
{
    private const int JobWorkers = 8;

    private readonly KubeClient _client;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<IReflector> _reflectors = [];
    private readonly List<Func<CancellationToken, Task>> _parts = [];
    private readonly List<IDisposable> _disposables = [];
    private readonly LocalClusterOptions _options;
    private readonly Random _random = new();
    private NodeAgent? _agent;
    private Task _running = Task.CompletedTask;

    private Workloads(KubeConnection connection, LocalClusterOptions options)
    {
        _client = new KubeClient(connection, options.Time);
        _options = options;
    }

    public static async Task<Workloads> StartAsync(
        KubeConnection connection,
        ClusterFolder folder,
        ImageMapFile images,
        ProcessLauncher launcher,
        LocalClusterOptions options,
        CancellationToken cancellation)
    {
        Workloads workloads = new(connection, options);
        try
        {
            await DefaultNamespace.EnsureAsync(workloads._client, cancellation);
            ObjectStore<Job> jobs = workloads.Reflect<Job>(OwnerIndex.Of);
            List<IOwnerKind> owners = workloads.AddOwners(jobs);
            workloads.AddDependents(jobs, owners);
            workloads.AddDependents(workloads.Reflect<ConfigMap>(OwnerIndex.Of), owners);
            if (options.SimulatedDelay is { } delay)
            {
                SimulatedNode node = new(workloads._client, jobs, delay, options.Time, options.LoggerFactory.CreateLogger<SimulatedNode>());
                workloads._parts.Add(node.RunAsync);
            }
            else
            {
                await workloads.AddNodeAsync(connection, folder, images, launcher, jobs, owners, cancellation);
            }

            await workloads.RunAsync(cancellation);
            return workloads;
        }
        catch
        {
            await workloads.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_agent is not null)
        {
            await _agent.DisposeAsync();
        }

        await _stop.CancelAsync();
        await _running;
        _disposables.ForEach(static disposable => disposable.Dispose());
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task AddNodeAsync(KubeConnection connection, ClusterFolder folder, ImageMapFile images, ProcessLauncher launcher, ObjectStore<Job> jobs, List<IOwnerKind> owners, CancellationToken cancellation)
    {
        ObjectStore<Pod> pods = Reflect<Pod>(OwnerIndex.Of);
        AddDependents(pods, owners);
        JobMemory memory = new();
        pods.Subscribe((before, after) =>
        {
            if (after is null)
            {
                memory.Lost(before!);
            }
        });
        jobs.Subscribe((before, after) =>
        {
            if (after is null)
            {
                memory.Forget(before!.Metadata.Uid!);
            }
        });
        OwnWrites writes = new(_options.Time);
        JobReconciler reconciler = new(_client, jobs, pods, memory, writes, _random, _options.Time, _options.LoggerFactory.CreateLogger<JobReconciler>());
        Controller<Job> controller = new(reconciler, writes, JobWorkers, _options.Time, _options.LoggerFactory.CreateLogger<Controller<Job>>());
        controller.Watch(jobs).Watch(pods, static pod => pod.ControllerOwner() is { Kind: "Job" } owner ? new ObjectKey(pod.Metadata.Namespace, owner.Name) : null);
        _disposables.Add(controller);
        _parts.Add(controller.RunAsync);

        PodAddresses addresses = new(connection.Server.Port);
        _agent = new NodeAgent(new NodeContext("local", "127.0.0.1", folder.Pods, _client, images, launcher, addresses, _options.Time, _options.LoggerFactory), pods);
        await _agent.RegisterAsync(cancellation);
    }

    private List<IOwnerKind> AddOwners(ObjectStore<Job> jobs)
    {
        ObjectStore<WorkflowObject> workflows = new();
        LateReflector<WorkflowObject> late = new(Reflector(workflows), Reflect<CustomResourceDefinition>());
        _parts.Add(late.RunAsync);
        return [new OwnerKind<Job>(_client, jobs), new OwnerKind<WorkflowObject>(_client, workflows)];
    }

    private void AddDependents<T>(ObjectStore<T> store, List<IOwnerKind> owners)
        where T : class, IKubernetesObject<T>
    {
        DependentKind<T> dependents = new(_client, store, owners, _options.Time, _options.LoggerFactory.CreateLogger<DependentKind<T>>());
        _disposables.Add(dependents);
        _parts.Add(dependents.RunAsync);
    }

    private ObjectStore<T> Reflect<T>(Func<T, string?>? indexBy = null)
        where T : class, IKubernetesObject<T>
    {
        ObjectStore<T> store = new(indexBy);
        _reflectors.Add(Reflector(store));
        return store;
    }

    private Reflector<T> Reflector<T>(ObjectStore<T> store)
        where T : class, IKubernetesObject<T> =>
        new(new ApiObjectSource<T>(_client.Resource<T>()), store, _options.Time, _random, _options.LoggerFactory.CreateLogger<Reflector<T>>());

    private async Task RunAsync(CancellationToken cancellation)
    {
        Task reflecting = Task.WhenAll(_reflectors.Select(reflector => reflector.RunAsync(_stop.Token)));
        _running = reflecting;
        await Task.WhenAll(_reflectors.Select(static reflector => reflector.Synced)).WaitAsync(cancellation);
        _running = Task.WhenAll([reflecting, .. _parts.Select(part => part(_stop.Token))]);
    }
}
