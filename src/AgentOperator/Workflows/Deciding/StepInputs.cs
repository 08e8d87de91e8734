using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Digests;
using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Expressions;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Digest of what a step does and what it does it with: equal digests mean that the earlier result still holds.</summary>
internal static class StepInputs
{
    private const int Length = 32;

    public static string Of(WorkflowStep step, IValueScope scope, StepTarget? target)
    {
        // When a step starts, how often it is tried and what comes after it does not change its result.
        WorkflowStep work = step with { Needs = null, When = null, Retry = null, Timeout = null, Idempotent = null, Next = null, Checkpoint = null, Compensate = null, Mutex = null, Semaphore = null, Memoize = null };
        StringBuilder text = new(CanonicalJson.Format(JsonSerializer.SerializeToElement(work, ApiJsonContext.Default.WorkflowStep)));
        if (target is not null)
        {
            // Another revision of the agent or prompt may answer otherwise; where it answers does not matter.
            text.Append('\n').Append(target.Agent).Append(' ').Append(target.Skill).Append(' ').Append(target.Revision).Append(' ').Append(target.PromptDigest);
        }

        foreach (VoterTarget voter in target?.Voters ?? [])
        {
            text.Append('\n').Append(voter.Agent).Append(' ').Append(voter.Skill).Append(' ').Append(voter.Revision);
        }

        IEnumerable<ValuePath> listed = step.ForEach is { } each ? CelExpression.Parse(each.Items).References : [];
        foreach (IEnumerable<ValuePath> paths in StepTexts.Of(work).Select(static entry => TemplateText.Parse(entry.Text).References).Prepend(listed))
        {
            foreach (ValuePath path in paths)
            {
                text.Append('\n').Append(path).Append('=').Append(CanonicalJson.Format(scope.Resolve(path)));
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..Length];
    }
}
