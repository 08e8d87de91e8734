using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube;
using AgentOperator.Kube.Configuration;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Patching;

namespace AgentOperator.EndToEnd.Chaos;

/// <summary>What people and the world outside do about steps that wait for them: each once, however long it takes.</summary>
internal sealed class Answers : IDisposable
{
    private readonly string _namespace;
    private readonly ResourceClient<Workflow> _workflows;
    private readonly KubeClient[] _approvers;
    private readonly Channel<Func<CancellationToken, Task>> _due = Channel.CreateUnbounded<Func<CancellationToken, Task>>();
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);

    public Answers(KubeConnection connection, KubeClient client, string ns)
    {
        _namespace = ns;
        _workflows = client.Resource<Workflow>(ns);
        _approvers = [.. GateShapes.People.Select(name => new KubeClient(connection with { Impersonate = new Impersonation(name) { Groups = [GateShapes.Group] } }))];
    }

    /// <summary>Takes a look at a workflow that is under way.</summary>
    public void See(Workflow workflow)
    {
        WorkflowStatus status = workflow.Status!;
        foreach (StepStatus step in status.Steps ?? [])
        {
            switch (step.Waiting?.Reason)
            {
                case WaitingReasons.Checkpoint:
                    Annotate(workflow, step, RequestAnnotations.Resume, step.Name);
                    break;
                case WaitingReasons.Event when workflow.Spec.Steps.Any(spec => spec.Name == step.Name && spec.Wait?.Event?.Name == WaitingShapes.Sent):
                    Annotate(workflow, step, RequestAnnotations.Event + WaitingShapes.Sent, WaitingShapes.Payload);
                    break;
                case WaitingReasons.Approval when step.Gate?.Digest is { } digest:
                    Decide(workflow, step, digest);
                    break;
                default:
                    break;
            }
        }
    }

    public async Task GiveAsync(CancellationToken cancellation)
    {
        await foreach (Func<CancellationToken, Task> answer in _due.Reader.ReadAllAsync(cancellation))
        {
            await Patiently.DoAsync(() => answer(cancellation), cancellation);
        }
    }

    public void Dispose() => Array.ForEach(_approvers, static approver => approver.Dispose());

    private void Annotate(Workflow workflow, StepStatus step, string annotation, string text)
    {
        if (_given.Add($"{workflow.Metadata.Name}/{step.Name}/{step.Visit}"))
        {
            string value = string.Create(CultureInfo.InvariantCulture, $"{workflow.Status!.Run}/{text}");
            byte[] patch = Encoding.UTF8.GetBytes(new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [annotation] = value } } }.ToJsonString());
            _due.Writer.TryWrite(cancellation => _workflows.PatchAsync(workflow.Metadata.Name!, Patch.Merge(patch), cancellation));
        }
    }

    private void Decide(Workflow workflow, StepStatus step, string digest)
    {
        string name = workflow.Metadata.Name!;
        if (!_given.Add($"{name}/{step.Name}/{digest}"))
        {
            return;
        }

        string decision = workflow.Annotation(GateShapes.Refused) is null ? ApprovalDecisions.Approve : ApprovalDecisions.Reject;
        for (int i = 0; i < _approvers.Length; i++)
        {
            KubeClient approver = _approvers[i];
            Approval approval = new()
            {
                Metadata = new ObjectMeta { GenerateName = $"{name}-", Namespace = _namespace },
                Spec = new ApprovalSpec { For = new ApprovalTarget { Kind = workflow.Kind, Name = name, Gate = step.Name, Digest = digest }, Decision = decision, User = GateShapes.People[i], Groups = [GateShapes.Group] },
            };
            _due.Writer.TryWrite(cancellation => approver.Resource<Approval>(_namespace).CreateAsync(approval, cancellation));
        }
    }
}
