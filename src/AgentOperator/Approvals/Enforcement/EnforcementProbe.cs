using System.Security.Cryptography;
using System.Text;
using AgentOperator.Api;
using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers.Access;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.AdmissionRegistration;

namespace AgentOperator.Approvals.Enforcement;

/// <summary>Tries to forge: "installed" is not "enforced". Nothing is stored.</summary>
[RequiresAccess<Approval>(Verbs.Create)]
[RequiresAccess<Workflow>(Verbs.Create)]
[RequiresAccess<ValidatingAdmissionPolicy>(Verbs.Get)]
[RequiresAccess<ValidatingAdmissionPolicyBinding>(Verbs.Get)]
[RequiresAccess<AuthorsPolicy>(Verbs.Get)]
internal sealed class EnforcementProbe(KubeClient client)
{
    private const string Name = "agentoperator-enforcement-probe";
    private const string Nobody = "agentoperator.dev:nobody";
    private const string Repair = "kubectl apply --server-side -k config/admission";

    private static readonly WriteOptions DryRun = new() { DryRun = true };

    /// <summary>What a try in a namespace shows now.</summary>
    public async Task<EnforcementFinding> TryAsync(string ns, CancellationToken cancellation)
    {
        try
        {
            List<string> identities = [];
            string? problem = await PolicyAsync(AdmissionPolicies.Approvals, identities, cancellation) ?? await PolicyAsync(AdmissionPolicies.OperatorOnly, identities, cancellation) ?? await ForgeAsync(ns, cancellation);
            if (problem is not null)
            {
                return new EnforcementFinding { Problem = problem };
            }

            string policies = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(',', identities))).AsSpan(0, 8));
            return new EnforcementFinding { Policies = policies, IsStampEnforced = await IsStampEnforcedAsync(ns, cancellation) };
        }
        catch (KubeApiException error) when (error.IsForbidden)
        {
            return new EnforcementFinding { Problem = $"the operator may not find out whether approvals can be forged; apply config/rbac: {error.Message}" };
        }
    }

    /// <summary>Null when the policy and its binding are there and refuse; a change of either changes its identity for good.</summary>
    private async Task<string?> PolicyAsync(string name, List<string> identities, CancellationToken cancellation)
    {
        ValidatingAdmissionPolicy? policy = await client.Resource<ValidatingAdmissionPolicy>().FindAsync(name, cancellation);
        ValidatingAdmissionPolicyBinding? binding = await client.Resource<ValidatingAdmissionPolicyBinding>().FindAsync(name, cancellation);
        if (policy is null || binding is null)
        {
            return $"ValidatingAdmissionPolicy{(policy is null ? "" : "Binding")} {name} is not installed: {Repair}";
        }

        if (PolicyCheck.Problem(policy, binding) is { } weak)
        {
            return $"ValidatingAdmissionPolicy {name} or its binding was changed, and lets some requests pass ({weak}): {Repair}";
        }

        identities.Add($"{policy.Metadata.Uid}/{policy.Metadata.Generation}");
        identities.Add($"{binding.Metadata.Uid}/{binding.Metadata.Generation}");
        return null;
    }

    /// <summary>Null when an Approval in another's name is refused, and by the policy.</summary>
    private async Task<string?> ForgeAsync(string ns, CancellationToken cancellation)
    {
        Approval forged = new()
        {
            Metadata = new ObjectMeta { Name = Name, Namespace = ns },
            Spec = new ApprovalSpec
            {
                For = new ApprovalTarget { Kind = Workflow.Resource.Kind, Name = Name, Gate = Name, Digest = $"sha256:{new string('0', 64)}" },
                Decision = ApprovalDecisions.Approve,
                User = Nobody,
            },
        };
        try
        {
            await client.Resource<Approval>(ns).CreateAsync(forged, DryRun, cancellation);
            return $"the API server lets anybody approve in another's name, although the policies are there; a new policy takes a moment. If it stays so: {Repair}";
        }
        catch (KubeApiException error) when (error.Status.Message?.Contains($"ValidatingAdmissionPolicy '{AdmissionPolicies.Approvals}' with binding '{AdmissionPolicies.Approvals}' denied request: spec.user is {Nobody}", StringComparison.Ordinal) == true)
        {
            return null;
        }
        catch (KubeApiException error) when (error.IsForbidden || error.IsInvalid)
        {
            return $"a forged Approval was refused, but not by the policy {AdmissionPolicies.Approvals}: {error.Message}";
        }
    }

    /// <summary>True when a stamp that a user brings along is replaced.</summary>
    private async Task<bool> IsStampEnforcedAsync(string ns, CancellationToken cancellation)
    {
        if (await client.Resource<AuthorsPolicy>().FindAsync(AdmissionPolicies.Authors, cancellation) is null)
        {
            return false;
        }

        Workflow stamped = new()
        {
            Metadata = new ObjectMeta { Name = Name, Namespace = ns, Annotations = new Dictionary<string, string> { [Labels.Authors] = Nobody } },
            Spec = new WorkflowSpec { Steps = [new WorkflowStep { Name = "probe", Wait = new WaitStep { Duration = new Duration("1s") } }] },
        };
        try
        {
            Workflow answer = await client.Resource<Workflow>(ns).CreateAsync(stamped, DryRun, cancellation);
            return answer.Annotation(Labels.Authors) is { Length: > 0 } stamp && stamp != Nobody;
        }
        catch (KubeApiException error) when (error.IsForbidden || error.IsInvalid)
        {
            // A quota, or a policy of the cluster's own, says no to any Workflow: nothing was shown, and two people must approve.
            return false;
        }
    }
}
