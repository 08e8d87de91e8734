using System.Globalization;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Api.Workflows.Triggers;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Triggers.Children;
using AgentOperator.Workflows.Triggers.Deciding;
using AgentOperator.Workflows.Triggers.Events;

namespace AgentOperator.Tests.Workflows.Triggers.Simulation;

/// <summary>What an API server would hold for one definition: enough to let the decider live through crashes, stale reads and events that come twice.</summary>
internal sealed class DefinitionCluster
{
    private readonly List<(Workflow Definition, Dictionary<string, Workflow> Children, Dictionary<string, EventDelivery> Deliveries)> _past = [];
    private long _version = 1;

    public DefinitionCluster(WorkflowSpec spec, DateTimeOffset now)
    {
        Definition = new Workflow { Metadata = new ObjectMeta { Name = "d", Namespace = "n", Uid = "0d6f", Generation = 1, ResourceVersion = "1", CreationTimestamp = new Time(now) }, Spec = spec };
        Remember();
    }

    public Workflow Definition { get; private set; }

    public Dictionary<string, Workflow> Children { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, EventDelivery> Deliveries { get; } = new(StringComparer.Ordinal);

    /// <summary>Every Workflow that was ever created, with the status then.</summary>
    public List<(Workflow Child, WorkflowStatus Status, DateTimeOffset At)> Created { get; } = [];

    /// <summary>Runs that were decided on beside others although concurrency does not allow it.</summary>
    public List<string> Overlaps { get; } = [];

    /// <summary>Every event that was accepted, with what became of it.</summary>
    public Dictionary<(string Trigger, string Id), string?> Accepted { get; } = [];

    /// <summary>Workflows that were deleted while under way.</summary>
    public List<string> Torn { get; } = [];

    public (Workflow Definition, Dictionary<string, Workflow> Children, Dictionary<string, EventDelivery> Deliveries) View(int behind) => _past[Math.Max(0, _past.Count - 1 - behind)];

    /// <summary>An event comes, or comes again.</summary>
    public void Deliver(string trigger, string id, DateTimeOffset now)
    {
        EventDelivery delivery = new()
        {
            Metadata = new ObjectMeta
            {
                Name = EventName.OfDelivery("d", "0d6f", trigger, id),
                ResourceVersion = Next(),
                Labels = new Dictionary<string, string> { [Labels.Trigger] = trigger },
                Annotations = new Dictionary<string, string> { [Labels.Event] = id },
                CreationTimestamp = new Time(now),
            },
            Data = new Dictionary<string, string> { [EventDelivery.Key] = "{}" },
        };
        if (Deliveries.TryAdd(delivery.Metadata.Name!, delivery))
        {
            Accepted.TryAdd((trigger, id), null);
            Remember();
        }
    }

    /// <summary>A status apply with the resource version it was decided from; false is 409.</summary>
    public bool TryWrite(Workflow decidedFrom, WorkflowStatus status)
    {
        if (decidedFrom.Metadata.ResourceVersion != Definition.Metadata.ResourceVersion)
        {
            return false;
        }

        HashSet<string> before = [.. (Definition.Status?.Children ?? []).Select(static run => run.Name)];
        foreach (ChildRun run in (status.Children ?? []).Where(run => run.Phase == StepPhases.Starting && !before.Contains(run.Name)))
        {
            bool isAlone = status.Children!.Count == 1 && Children.Values.All(ChildWorkflow.IsOver);
            if (Definition.Spec.Concurrency != ConcurrencyPolicies.Allow && !isAlone)
            {
                Overlaps.Add(run.Name);
            }
        }

        Update(Definition with { Status = status });
        return true;
    }

    public void Create(ChildStart start, DateTimeOffset now)
    {
        if (Children.ContainsKey(start.Run.Name))
        {
            return;
        }

        Workflow child = EventChild.Build(Definition, start);
        Created.Add((child, Definition.Status!, now));
        Children.Add(start.Run.Name, child with { Metadata = child.Metadata with { Uid = Next(), ResourceVersion = Next(), CreationTimestamp = new Time(now) } });
        Remember();
    }

    public void Mark(EventMark mark)
    {
        if (Deliveries.TryGetValue(mark.Delivery, out EventDelivery? delivery) && delivery.Metadata.ResourceVersion == mark.ResourceVersion)
        {
            Dictionary<string, string> annotations = new(delivery.Metadata.Annotations!) { [Labels.Outcome] = mark.Outcome };
            Deliveries[mark.Delivery] = delivery with { Data = null, Metadata = delivery.Metadata with { ResourceVersion = Next(), Annotations = annotations } };
            Accepted[(delivery.Trigger!, delivery.EventId!)] = mark.Outcome;
            Remember();
        }
    }

    public void Cancel(ChildCancel cancel)
    {
        if (Children.TryGetValue(cancel.Name, out Workflow? child))
        {
            Set(child with { Metadata = child.Metadata with { Annotations = new Dictionary<string, string>(child.Metadata.Annotations!) { [RequestAnnotations.Cancel] = cancel.Request } } });
        }
    }

    /// <summary>A delete that names the version that was seen.</summary>
    public void Expire(ObjectDelete delete)
    {
        if (Children.TryGetValue(delete.Name, out Workflow? child) && child.Metadata.ResourceVersion == delete.ResourceVersion)
        {
            if (!ChildWorkflow.IsOver(child))
            {
                Torn.Add(delete.Name);
            }

            Children.Remove(delete.Name);
            Remember();
        }
    }

    public void Forget(ObjectDelete delete)
    {
        if (Deliveries.TryGetValue(delete.Name, out EventDelivery? delivery) && delivery.Metadata.ResourceVersion == delete.ResourceVersion)
        {
            Deliveries.Remove(delete.Name);
            Remember();
        }
    }

    /// <summary>A person deletes a Workflow.</summary>
    public void Remove(string child)
    {
        Children.Remove(child);
        Remember();
    }

    public void Set(Workflow child)
    {
        Children[child.Metadata.Name!] = child with { Metadata = child.Metadata with { ResourceVersion = Next() } };
        Remember();
    }

    public void Change(WorkflowSpec spec) => Update(Definition with { Spec = spec, Metadata = Definition.Metadata with { Generation = Definition.Metadata.Generation + 1 } });

    private void Update(Workflow next)
    {
        Definition = next with { Metadata = next.Metadata with { ResourceVersion = Next() } };
        Remember();
    }

    private string Next() => (++_version).ToString(CultureInfo.InvariantCulture);

    private void Remember() => _past.Add((Definition, new Dictionary<string, Workflow>(Children, StringComparer.Ordinal), new Dictionary<string, EventDelivery>(Deliveries, StringComparer.Ordinal)));
}
