using AgentOperator.Api.Workflows;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentOperator.EndToEnd.Chaos;

/// <summary>The people around the workflows: creates them, as many at a time as there is room for, answers those that wait for somebody, and sees who has ended. Reaches the API server directly, and is patient with it.</summary>
internal sealed class Attendant : IAsyncDisposable
{
    private readonly ResourceClient<Workflow> _client;
    private readonly ObjectStore<Workflow> _store = new();
    private readonly Answers _answers;
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _room;
    private readonly CancellationTokenSource _stop;
    private readonly IReadOnlyList<Shape> _shapes;
    private readonly Task _working;
    private readonly Lock _gate = new();
    private TaskCompletionSource? _moved;
    private int _left;
    private int _ended;

    public Attendant(InstalledCluster cluster, string ns, IReadOnlyList<Shape> shapes, int room, CancellationToken cancellation)
    {
        _client = cluster.Client.Resource<Workflow>(ns);
        _answers = new Answers(cluster.Connection, cluster.Client, ns);
        _shapes = shapes;
        _room = new SemaphoreSlim(room);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _store.Subscribe(Changed);
        Reflector<Workflow> reflector = new(new ApiObjectSource<Workflow>(_client), _store, TimeProvider.System, new Random(), NullLogger<Reflector<Workflow>>.Instance);
        _working = Task.WhenAll(reflector.RunAsync(_stop.Token), CreateAsync(_stop.Token), _answers.GiveAsync(_stop.Token));
    }

    /// <summary>Completes when every workflow has ended.</summary>
    public Task All => _all.Task;

    /// <summary>The workflows as they were seen last.</summary>
    public IReadOnlyDictionary<string, Workflow> Seen => _store.All.ToDictionary(static workflow => workflow.Metadata.Name!, StringComparer.Ordinal);

    /// <summary>Completes once so many more changes of workflows have been seen: on a machine with much else to do, work takes its time.</summary>
    public Task MovedAsync(int changes)
    {
        lock (_gate)
        {
            _left = changes;
            _moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _moved.Task;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _working;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // As asked for.
        }

        _stop.Dispose();
        _answers.Dispose();
        _room.Dispose();
    }

    private void Changed(Workflow? before, Workflow? after)
    {
        lock (_gate)
        {
            if (--_left == 0)
            {
                _moved?.SetResult();
            }
        }

        if (after?.Status is not { } status || WorkflowPhases.IsFinal(before?.Status?.Phase))
        {
            return;
        }

        if (WorkflowPhases.IsFinal(status.Phase))
        {
            _room.Release();
            if (++_ended == _shapes.Count)
            {
                _all.SetResult();
            }

            return;
        }

        _answers.See(after);
    }

    private async Task CreateAsync(CancellationToken cancellation)
    {
        foreach (Shape shape in _shapes)
        {
            await _room.WaitAsync(cancellation);
            await Patiently.DoAsync(
                async () =>
                {
                    try
                    {
                        await _client.CreateAsync(shape.Workflow, cancellation);
                    }
                    catch (KubeApiException error) when (error.IsAlreadyExists)
                    {
                        // The try before got through, and only its answer was lost.
                    }
                },
                cancellation);
        }
    }
}
