using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Patching;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentOperator.EndToEnd.Chaos;

/// <summary>The people around the workflows: creates them, as many at a time as there is room for, sends the events and lets them pass checkpoints; sees who has ended. Reaches the API server directly, and is patient with it.</summary>
internal sealed class Attendant : IAsyncDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(300);

    private readonly ResourceClient<Workflow> _client;
    private readonly ObjectStore<Workflow> _store = new();
    private readonly Channel<(string Name, string Annotation, string Text)> _answers = Channel.CreateUnbounded<(string, string, string)>();
    private readonly HashSet<string> _answered = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _room;
    private readonly CancellationTokenSource _stop;
    private readonly IReadOnlyList<Shape> _shapes;
    private readonly Task _working;
    private readonly Lock _gate = new();
    private TaskCompletionSource? _moved;
    private int _left;
    private int _ended;

    public Attendant(KubeClient client, string ns, IReadOnlyList<Shape> shapes, int room, CancellationToken cancellation)
    {
        _client = client.Resource<Workflow>(ns);
        _shapes = shapes;
        _room = new SemaphoreSlim(room);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _store.Subscribe(Changed);
        Reflector<Workflow> reflector = new(new ApiObjectSource<Workflow>(_client), _store, TimeProvider.System, new Random(), NullLogger<Reflector<Workflow>>.Instance);
        _working = Task.WhenAll(reflector.RunAsync(_stop.Token), CreateAsync(_stop.Token), AnswerAsync(_stop.Token));
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

        foreach (StepStatus step in status.Steps ?? [])
        {
            (string Annotation, string Text)? answer = step.Waiting?.Reason switch
            {
                WaitingReasons.Checkpoint => (RequestAnnotations.Resume, string.Create(CultureInfo.InvariantCulture, $"{status.Run}/{step.Name}")),
                WaitingReasons.Event when after.Spec.Steps.Any(spec => spec.Name == step.Name && spec.Wait?.Event?.Name == WaitingShapes.Sent) =>
                    (RequestAnnotations.Event + WaitingShapes.Sent, string.Create(CultureInfo.InvariantCulture, $"{status.Run}/{WaitingShapes.Payload}")),
                _ => null,
            };
            if (answer is { } given && _answered.Add($"{after.Metadata.Name}/{step.Name}/{step.Visit}"))
            {
                _answers.Writer.TryWrite((after.Metadata.Name!, given.Annotation, given.Text));
            }
        }
    }

    private async Task CreateAsync(CancellationToken cancellation)
    {
        foreach (Shape shape in _shapes)
        {
            await _room.WaitAsync(cancellation);
            await PatientlyAsync(
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

    private async Task AnswerAsync(CancellationToken cancellation)
    {
        await foreach ((string name, string annotation, string text) in _answers.Reader.ReadAllAsync(cancellation))
        {
            JsonObject patch = new() { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [annotation] = text } } };
            await PatientlyAsync(() => _client.PatchAsync(name, Patch.Merge(Encoding.UTF8.GetBytes(patch.ToJsonString())), cancellation), cancellation);
        }
    }

    private static async Task PatientlyAsync(Func<Task> act, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await act();
                return;
            }
            catch (Exception error) when (error is HttpRequestException or TimeoutException or IOException or KubeApiException { IsInvalid: false, IsForbidden: false })
            {
                // The API server is being restarted.
                await Task.Delay(Retry, TimeProvider.System, cancellation);
            }
        }
    }
}
