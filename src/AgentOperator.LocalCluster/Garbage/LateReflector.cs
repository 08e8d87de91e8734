using AgentOperator.Controllers.Caching;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.ApiExtensions;

namespace AgentOperator.Local.Garbage;

/// <summary>Follows a custom kind from the time on that its definition is there: before, the server would only answer 404.</summary>
internal sealed class LateReflector<T>
    where T : class, IKubernetesObject<T>
{
    private readonly Reflector<T> _reflector;
    private readonly TaskCompletionSource _defined = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LateReflector(Reflector<T> reflector, ObjectStore<CustomResourceDefinition> definitions)
    {
        _reflector = reflector;
        definitions.Subscribe((_, after) =>
        {
            if (after?.Metadata.Name == T.Resource.QualifiedName && IsEstablished(after))
            {
                _defined.TrySetResult();
            }
        });
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        await Task.WhenAny(_defined.Task, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation));
        if (_defined.Task.IsCompleted)
        {
            await _reflector.RunAsync(cancellation);
        }
    }

    private static bool IsEstablished(CustomResourceDefinition definition) =>
        definition.Status?.Conditions?.Any(static condition => condition is { Type: "Established", Status: ConditionStatus.True }) == true;
}
