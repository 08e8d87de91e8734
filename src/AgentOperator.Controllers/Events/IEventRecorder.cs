using AgentOperator.Kube.Models;

namespace AgentOperator.Controllers.Events;

/// <summary>Tells people what happened to an object (<c>kubectl events</c>). Never waits and never fails: what cannot be written is dropped.</summary>
public interface IEventRecorder
{
    /// <summary>Records that something happened.</summary>
    /// <param name="regarding">The object.</param>
    /// <param name="type">One of <see cref="EventTypes"/>.</param>
    /// <param name="reason">Why it was done, PascalCase, at most 128 characters.</param>
    /// <param name="action">What was done, PascalCase, at most 128 characters.</param>
    /// <param name="note">A sentence for a person; cut at 1024 bytes.</param>
    void Record(IKubernetesObject regarding, string type, string reason, string action, string note);
}
