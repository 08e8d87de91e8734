using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Api.Workflows.Triggers;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Triggers.Children;
using AgentOperator.Workflows.Triggers.Deciding;
using AgentOperator.Workflows.Triggers.Events;

namespace AgentOperator.Tests.Workflows.Triggers;

/// <summary>A definition whose decisions are all carried out at once: the setting of tests on one rule.</summary>
internal sealed class DefinitionLife
{
    private readonly Dictionary<string, Workflow> _children = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EventDelivery> _deliveries = new(StringComparer.Ordinal);

    public DefinitionLife(WorkflowSpec spec) => Workflow = new Workflow
    {
        Metadata = new ObjectMeta { Name = "d", Namespace = "n", Uid = "0d6f", Generation = 1, ResourceVersion = "1", CreationTimestamp = new Time(Now) },
        Spec = spec,
    };

    public DefinitionLife(params WorkflowTrigger[] triggers)
        : this(SpecOf(triggers))
    {
    }

    public Workflow Workflow { get; private set; }

    public DateTimeOffset Now { get; set; } = new(2026, 5, 1, 12, 0, 30, TimeSpan.Zero);

    public TriggerDecision Decision { get; private set; } = null!;

    public WorkflowStatus Status => Workflow.Status!;

    public Dictionary<string, string> Problems { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<string> News => [.. Decision.News.Select(static news => $"{(news.IsWarning ? "Warning" : "Normal")} {news.Reason}: {news.Note}")];

    /// <summary>False while the API server takes no Workflow, as under a quota.</summary>
    public bool CanCreate { get; set; } = true;

    /// <summary>Ids of the events of which there are Workflows.</summary>
    public IReadOnlyList<string> Runs => [.. _children.Values.Select(static child => child.Annotation(Labels.Event)!)];

    public IReadOnlyCollection<Workflow> Children => _children.Values;

    public IReadOnlyCollection<EventDelivery> Deliveries => _deliveries.Values;

    public static WorkflowSpec SpecOf(params WorkflowTrigger[] triggers) => new() { Steps = [Life.Step("a")], Triggers = triggers };

    public static WorkflowTrigger Cron(string name, string cron) => new() { Name = name, Cron = cron };

    public static WorkflowTrigger Hook(string name) => new() { Name = name, Webhook = new WebhookTrigger { SecretKeyRef = new() { Name = "s", Key = "k" } } };

    public TriggerStatus Trigger(string name) => Status.Triggers!.Single(trigger => trigger.Name == name);

    public DefinitionLife Turn()
    {
        Decision = TriggerDecider.Decide(Workflow, new TriggerFacts([.. _children.Values], [.. _deliveries.Values], Problems), Now);
        Workflow = Workflow with { Status = Decision.Status };
        foreach (ChildStart start in CanCreate ? Decision.Starts : [])
        {
            Workflow child = EventChild.Build(Workflow, start);
            _children.TryAdd(start.Run.Name, child with { Metadata = child.Metadata with { Uid = start.Run.Name, CreationTimestamp = new Time(Now) } });
        }

        foreach (EventMark mark in Decision.Marks)
        {
            EventDelivery delivery = _deliveries[mark.Delivery];
            _deliveries[mark.Delivery] = delivery with { Data = null, Metadata = delivery.Metadata with { Annotations = new Dictionary<string, string>(delivery.Metadata.Annotations!) { [Labels.Outcome] = mark.Outcome } } };
        }

        foreach (ChildCancel cancel in Decision.Cancels)
        {
            Workflow child = _children[cancel.Name];
            _children[cancel.Name] = child with { Metadata = child.Metadata with { Annotations = new Dictionary<string, string>(child.Metadata.Annotations!) { [RequestAnnotations.Cancel] = cancel.Request } } };
        }

        foreach (ObjectDelete expired in Decision.Expired)
        {
            _children.Remove(expired.Name);
        }

        foreach (ObjectDelete forgotten in Decision.Forgotten)
        {
            _deliveries.Remove(forgotten.Name);
        }

        return this;
    }

    public DefinitionLife After(TimeSpan time)
    {
        Now += time;
        return Turn();
    }

    /// <summary>An event comes: false when it is known.</summary>
    public bool Deliver(string trigger, string id, string body = "{}")
    {
        string name = EventName.OfDelivery("d", "0d6f", trigger, id);
        EventDelivery delivery = new()
        {
            Metadata = new ObjectMeta
            {
                Name = name,
                Labels = new Dictionary<string, string> { [Labels.Trigger] = trigger },
                Annotations = new Dictionary<string, string> { [Labels.Event] = id },
                CreationTimestamp = new Time(Now),
            },
            Data = new Dictionary<string, string> { [EventDelivery.Key] = $$"""{"id":{{JsonSerializer.Serialize(id)}},"body":{{body}}}""" },
        };
        bool isNew = _deliveries.TryAdd(name, delivery);
        Turn();
        return isNew;
    }

    /// <summary>The run of an event moves on.</summary>
    public DefinitionLife See(string id, string phase, string? waiting = null)
    {
        Workflow child = ChildOf(id);
        WorkflowStatus status = new() { Phase = phase, Run = phase == WorkflowPhases.Pending ? null : 1, Waiting = waiting, FinishedAt = WorkflowPhases.IsFinal(phase) ? new MicroTime(Now) : null };
        _children[child.Metadata.Name!] = child with { Status = status };
        return Turn();
    }

    public Workflow ChildOf(string id) => _children.Values.Single(child => child.Annotation(Labels.Event) == id);

    public DefinitionLife Change(WorkflowSpec spec)
    {
        Workflow = Workflow with { Spec = spec, Metadata = Workflow.Metadata with { Generation = Workflow.Metadata.Generation + 1 } };
        return Turn();
    }
}
