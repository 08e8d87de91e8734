using System.Diagnostics.CodeAnalysis;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows.Triggers.Events;

/// <summary>Tells what the operator made for a definition from what only says so: an owner anybody can name, our labels the admission policy lets nobody else write.</summary>
internal static class OwnByLabel
{
    /// <summary>True for an event or a Workflow that the operator made for a definition.</summary>
    public static bool IsMadeFor([NotNullWhen(true)] this IKubernetesObject? found, Workflow definition) =>
        found is not null && found.ControllerOwner()?.Uid == definition.Metadata.Uid && found.Label(Labels.Parent) is not null;
}
