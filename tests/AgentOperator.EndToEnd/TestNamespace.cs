using AgentOperator.Api.Workflows;
using AgentOperator.Kube;
using AgentOperator.Kube.Configuration;
using AgentOperator.Kube.Models;
using AgentOperator.Testing;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd;

/// <summary>A namespace of one test.</summary>
internal sealed class TestNamespace(string name, KubeConnection connection, Kubectl kubectl) : IDisposable
{
    private const string SamplesImage = "agent-operator/samples:0.1";

    // A cluster elsewhere may have to pull the image first.
    private static readonly string? Image = Environment.GetEnvironmentVariable("E2E_IMAGE") is { Length: > 0 } image ? image : null;

    public string Name => name;

    /// <summary>Strict: a field that the server does not know is a fault of ours.</summary>
    public KubeClient Client { get; } = new(connection, new KubeClientOptions { FieldValidation = "Strict" });

    /// <summary>Another client, with options of its own.</summary>
    public KubeClient Connect(KubeClientOptions options) => new(connection, options);

    /// <summary>Applies YAML as a user would.</summary>
    public async Task ApplyAsync(string yaml)
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Image is null ? yaml : yaml.Replace(SamplesImage, Image, StringComparison.Ordinal));
        try
        {
            await kubectl.RunAsync(TestContext.Current.CancellationToken, "apply", "--server-side", "--namespace", name, "-f", file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>A workflow once something holds; fails with its last state when it does not within a minute.</summary>
    public Task<Workflow> UntilAsync(string workflow, Func<Workflow, bool> holds) => UntilAsync<Workflow>(workflow, holds, static last => $"{last.Status?.Phase}: {last.Status?.Message}");

    public Task<Workflow> UntilEndedAsync(string workflow) => UntilAsync(workflow, static candidate => WorkflowPhases.IsFinal(candidate.Status?.Phase));

    /// <summary>Completes when one object of a kind is as wanted.</summary>
    public Task UntilAnyAsync<T>(Func<T, bool> holds)
        where T : class, IKubernetesObject<T> => UntilAsync<T>(null, holds, static last => $"the last one was {last.Metadata.Name}");

    /// <summary>Completes when an object is gone.</summary>
    public async Task UntilGoneAsync<T>(string objectName)
        where T : class, IKubernetesObject<T> =>
        await kubectl.RunAsync(TestContext.Current.CancellationToken, "wait", "--for=delete", $"{T.Resource.QualifiedName}/{objectName}", "--timeout=240s", "--namespace", name);

    /// <summary>An object once something holds: from a read, and from then on from a watch.</summary>
    public async Task<T> UntilAsync<T>(string? objectName, Func<T, bool> holds, Func<T, string> describe)
        where T : class, IKubernetesObject<T>
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Limits.Patience);
        T? last = null;
        try
        {
            KubeList<T> list = await Client.Resource<T>(name).ListAsync(new ListOptions(), patience.Token);
            last = list.Items.FirstOrDefault(item => objectName is null ? holds(item) : item.Metadata.Name == objectName);
            if (last is not null && holds(last))
            {
                return last;
            }

            await foreach (WatchEvent<T> change in Client.Resource<T>(name).WatchAsync(new WatchOptions { ResourceVersion = list.Metadata.ResourceVersion! }, patience.Token))
            {
                if (change.Object is not null && (objectName is null || change.Object.Metadata.Name == objectName))
                {
                    last = change.Object;
                    if (holds(last))
                    {
                        return last;
                    }
                }
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
        }

        throw new InvalidOperationException($"{T.Resource.Kind} {objectName} did not get there within {Limits.Patience.TotalSeconds} s: {(last is null ? "it does not exist" : describe(last))}");
    }

    /// <summary>Completes when no object of a kind is left.</summary>
    public async Task UntilNoneAsync<T>(string because)
        where T : class, IKubernetesObject<T>
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Limits.Patience);
        string left = "it was not listed";
        try
        {
            while (true)
            {
                KubeList<T> list = await Client.Resource<T>(name).ListAsync(new ListOptions(), patience.Token);
                left = string.Join(", ", list.Items.Select(static item => item.Metadata.Name));
                if (left.Length == 0)
                {
                    return;
                }

                await foreach (WatchEvent<T> change in Client.Resource<T>(name).WatchAsync(new WatchOptions { ResourceVersion = list.Metadata.ResourceVersion!, Timeout = TimeSpan.FromSeconds(2) }, patience.Token))
                {
                    if (change.Type == WatchEventType.Deleted)
                    {
                        break;
                    }
                }
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
        }

        throw new InvalidOperationException($"{T.Resource.Plural} are left after {Limits.Patience.TotalSeconds} s, {because}: {left}");
    }

    public void Dispose() => Client.Dispose();
}
