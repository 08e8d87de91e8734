using System.Text;
using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Memos;
using AgentOperator.Workflows.Results;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Lets an earlier success of the same work stand for a step.</summary>
internal sealed class Memoizing(RunState run, Finishing finishing)
{
    /// <summary>What is kept of a step that has succeeded by its own work; null when nothing is.</summary>
    public static MemoKeep? KeepOf(StepRow row) => row is { Spec.Memoize: { } memoize, Status: { Memo: { Digest: { } digest, Workflow: null }, ReusedFrom: null, Job: { } job, FinishedAt: { } end } step }
        ? new MemoKeep(digest, job, step, end.Value, end.Value + memoize.MaxAge.ToTimeSpan())
        : null;

    /// <summary>False when the step has to run.</summary>
    public bool IsSettled(StepRow row, StepTarget? target)
    {
        if (row.Spec.Memoize is not { } memoize || row.Status.Attempt > 0)
        {
            return false;
        }

        Answer<JsonElement> key = memoize.Key is { } text ? Ask(row, text) : new Answer<JsonElement>(JsonElement.Parse("null"));
        if (key is { IsKnown: true, Problem: { } problem })
        {
            row.Fail(StepReasons.ExpressionFailed, $"memoize.key: {problem}", run.Now);
            return true;
        }

        if (!key.IsKnown)
        {
            return true;
        }

        string inputs = StepInputs.Of(row.Spec, run.DigestScopeOf(row), target);
        string digest = MemoDigest.Of(inputs, key.Value);
        row.Status = row.Status with { Memo = new MemoStatus { Digest = digest, IsAnew = row.Status.Memo?.IsAnew } };
        return row.Status.Memo.IsAnew != true
            && run.Seen.Memos.Find(run.Namespace, digest) is { } memo
            && memo.Holds(run.Now, memoize.MaxAge.ToTimeSpan())
            && TakesOver(row, memo, inputs, target);
    }

    private Answer<JsonElement> Ask(StepRow row, string text)
    {
        TextExpression expression = new(text);
        return run.Ask(row, expression, expression.Evaluate);
    }

    /// <summary>False when what was kept is gone or was changed.</summary>
    private bool TakesOver(StepRow row, Memo memo, string inputs, StepTarget? target)
    {
        if (memo.Outputs.Values.Any(kept => run.Seen.Lost.Contains(kept.Sha256)))
        {
            return false;
        }

        Dictionary<string, JsonElement> inline = new(StringComparer.Ordinal);
        Dictionary<string, OutputReference> references = new(StringComparer.Ordinal);
        int room = StepResult.MaxRunBytes - run.All.Sum(static other => StepResult.Bytes(other.Status.Outputs));
        foreach ((string name, OutputReference kept) in memo.Outputs.OrderBy(static output => output.Value.Bytes).ThenBy(static output => output.Key, StringComparer.Ordinal))
        {
            int size = Encoding.UTF8.GetByteCount(name) + (int)kept.Bytes;
            if (kept.Bytes > OutputSpill.MaxInlineBytes || size > room)
            {
                references.Add(name, kept);
                continue;
            }

            room -= size;
            if (run.Seen.Loaded.TryGetValue(kept.Sha256, out JsonElement value))
            {
                inline.Add(name, value);
            }
            else
            {
                run.Want(kept);
            }
        }

        if (run.IsIncomplete)
        {
            return true;
        }

        row.Status = row.Status with
        {
            Message = $"the result of Workflow {memo.Workflow}, run {memo.Run}, from {memo.FinishedAt:yyyy-MM-dd'T'HH:mm:ss'Z'} was taken over",
            StartedAt = row.Status.StartedAt ?? new MicroTime(run.Now),
            Target = target,
            Inputs = inputs,
            Outputs = inline.Count == 0 ? null : inline,
            References = references.Count == 0 ? null : references,
            Memo = row.Status.Memo! with { Workflow = memo.Workflow, Run = memo.Run, FinishedAt = new MicroTime(memo.FinishedAt) },
        };
        finishing.Succeed(row);
        return true;
    }
}
