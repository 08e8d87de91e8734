using System.Collections.Concurrent;
using AgentOperator.Controllers.Access;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Approvals.Floors;

/// <summary>The floors of the operator's own namespace, read again each minute: the last good ones, if they are gone or broken for a while. While none were ever good, nobody knows what to ask for, and that is said.</summary>
[RequiresAccess<ConfigMap>(Verbs.Get)]
[RequiresAccess<Namespace>(Verbs.Get)]
internal sealed partial class FloorReader(KubeClient client, string ns, string? name, TimeProvider time, ILogger<FloorReader> logger) : IDisposable
{
    public const string Key = "floors.json";

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LabelLifetime = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (IReadOnlyDictionary<string, string>? Labels, long At)> _labels = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _reading = new(1);
    private ApprovalFloors? _floors;
    private long? _readAt;
    private string? _problem;

    /// <summary>The floors of a kind in a namespace, or why they are not known.</summary>
    public async Task<(IReadOnlyList<ApprovalFloor> Floors, string? Problem)> ReadAsync(string kind, string objectNamespace, CancellationToken cancellation)
    {
        if (name is null)
        {
            return ([], null);
        }

        await RefreshAsync(cancellation);
        return _floors is { } floors
            ? (floors.For(kind, await LabelsAsync(objectNamespace, cancellation)), null)
            : ([], $"ConfigMap {ns}/{name} does not say what approvals need: {_problem}");
    }

    public void Dispose() => _reading.Dispose();

    private async Task RefreshAsync(CancellationToken cancellation)
    {
        await _reading.WaitAsync(cancellation);
        try
        {
            if (_readAt is { } at && _floors is not null && time.GetElapsedTime(at) < Lifetime)
            {
                return;
            }

            ConfigMap? map = await client.Resource<ConfigMap>(ns).FindAsync(name!, cancellation);
            _floors = Parse(map) ?? _floors;
            _readAt = time.GetTimestamp();
        }
        finally
        {
            _reading.Release();
        }
    }

    private ApprovalFloors? Parse(ConfigMap? map)
    {
        try
        {
            ApprovalFloors floors = ApprovalFloors.Parse(map?.Data?.GetValueOrDefault(Key) ?? throw new FormatException($"it is not there, or has no key {Key}"));
            _problem = null;
            return floors;
        }
        catch (FormatException error)
        {
            // Said once, not each minute.
            if (error.Message != _problem)
            {
                LogProblem(logger, ns, name!, error.Message, _floors is null ? "no run starts and no gate opens until it does" : "what it said before holds on");
            }

            _problem = error.Message;
            return null;
        }
    }

    private async Task<IReadOnlyDictionary<string, string>?> LabelsAsync(string objectNamespace, CancellationToken cancellation)
    {
        if (_labels.TryGetValue(objectNamespace, out (IReadOnlyDictionary<string, string>? Labels, long At) known) && time.GetElapsedTime(known.At) < LabelLifetime)
        {
            return known.Labels;
        }

        Namespace? found = await client.Resource<Namespace>().FindAsync(objectNamespace, cancellation);
        _labels[objectNamespace] = (found?.Metadata.Labels, time.GetTimestamp());
        return found?.Metadata.Labels;
    }

    [LoggerMessage(1, LogLevel.Error, "ConfigMap {Ns}/{Name} does not say what approvals need, {Instead}: {Problem}")]
    private static partial void LogProblem(ILogger logger, string ns, string name, string problem, string instead);
}
