using System.Text;
using System.Text.Json.Nodes;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Api.Workflows.Triggers;
using AgentOperator.Controllers.Access;
using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Owning;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Templates;
using AgentOperator.Workflows.Triggers.Deciding;

namespace AgentOperator.Workflows.Triggers.Events;

/// <summary>Keeps events until they are decided on, on any replica: who brings one gets its answer once it cannot be lost any more.</summary>
[RequiresAccess<EventDelivery>(Verbs.Create, Verbs.Get)]
[RequiresAccess<Workflow>(Verbs.Get)]
internal sealed class EventIntake(KubeClient client, ObjectStore<EventDelivery> deliveries)
{
    /// <summary>Most events of a definition that are known from the last day.</summary>
    public const int MostKnown = 10_000;

    /// <summary>What a ConfigMap holds, with room for what is around it.</summary>
    private const int MaxBytes = 900 * 1024;

    /// <param name="found">The definition as a cache has it.</param>
    /// <param name="trigger">Name of the trigger.</param>
    /// <param name="id">Id of the event, as it came.</param>
    /// <param name="body">Gives the event for the id as it is kept.</param>
    /// <param name="waits">Whether an event of a suspended definition may wait.</param>
    /// <param name="cancellation">Ends the requests.</param>
    /// <exception cref="NameTakenException">Somebody else's object has the event's name: it is not kept.</exception>
    public async Task<EventReceipt> AcceptAsync(Workflow found, string trigger, string id, Func<string, JsonObject> body, bool waits, CancellationToken cancellation)
    {
        // A cache may show one that is long gone: its ConfigMap would be collected at once, and the event with it.
        Workflow? definition = await client.Resource<Workflow>(found.Metadata.Namespace).FindAsync(found.Metadata.Name!, cancellation);
        WorkflowTrigger? current = definition?.Spec.Triggers?.FirstOrDefault(candidate => candidate.Name == trigger);
        if (definition is null || current is null || definition.IsTerminating())
        {
            return EventReceipt.Gone;
        }

        id = EventName.Clean(id);
        string name = EventName.OfDelivery(definition.Metadata.Name!, definition.Metadata.Uid!, trigger, id);
        if (deliveries.Find(new ObjectKey(definition.Metadata.Namespace, name)) is not null)
        {
            return EventReceipt.Known;
        }

        if (definition.Spec.Suspend == true && !waits)
        {
            return EventReceipt.Suspended;
        }

        JsonObject content = body(id);
        if (!MayRun(current, content))
        {
            return EventReceipt.Filtered;
        }

        if (IsFull(definition))
        {
            return EventReceipt.Full;
        }

        string text = content.ToJsonString();
        return Encoding.UTF8.GetByteCount(text) > MaxBytes ? EventReceipt.TooLarge : await KeepAsync(definition, trigger, id, name, text, cancellation);
    }

    /// <summary>A condition that cannot be told is the decider's to refuse, where a person reads of it.</summary>
    private static bool MayRun(WorkflowTrigger trigger, JsonObject content)
    {
        try
        {
            return trigger.When is not { } when || EventExpressions.IsTrue(when, EventBody.Freeze(content));
        }
        catch (TemplateException)
        {
            return true;
        }
    }

    private bool IsFull(Workflow definition)
    {
        ICollection<EventDelivery> known = [.. deliveries.Indexed(definition.Metadata.Uid!).Values];
        return known.Count >= MostKnown || known.Count(static delivery => !delivery.IsHandled) >= DueTimes.Most;
    }

    private async Task<EventReceipt> KeepAsync(Workflow definition, string trigger, string id, string name, string text, CancellationToken cancellation)
    {
        EventDelivery delivery = new()
        {
            Metadata = new ObjectMeta
            {
                Name = name,
                Namespace = definition.Metadata.Namespace,
                Labels = new Dictionary<string, string>
                {
                    [Labels.ManagedBy] = Labels.ManagedByValue,
                    [Labels.PartOf] = Labels.ManagedByValue,
                    [Labels.Component] = EventDelivery.Component,
                    [Labels.Parent] = definition.Metadata.Name!,
                    [Labels.Trigger] = trigger,
                },
                Annotations = new Dictionary<string, string> { [Labels.Event] = id },
                OwnerReferences = [Owners.Controlling(definition, definition.Metadata.Namespace)],
            },
            Data = new Dictionary<string, string> { [EventDelivery.Key] = text },
        };
        try
        {
            await client.Resource<EventDelivery>(definition.Metadata.Namespace).CreateAsync(delivery, cancellation);
            return EventReceipt.Accepted;
        }
        catch (KubeApiException error) when (error.IsAlreadyExists)
        {
            // Who knows the next event could take its name in advance, and it would be lost.
            EventDelivery? found = await client.Resource<EventDelivery>(definition.Metadata.Namespace).FindAsync(name, cancellation);
            return found.IsMadeFor(definition) ? EventReceipt.Known : throw new NameTakenException($"ConfigMap {name} has the name of event {id} and is not the operator's: delete it", error);
        }
        catch (KubeApiException error) when (error.IsTooLarge)
        {
            return EventReceipt.TooLarge;
        }
        catch (KubeApiException error) when (error.IsNamespaceTerminating)
        {
            return EventReceipt.Gone;
        }
    }
}
