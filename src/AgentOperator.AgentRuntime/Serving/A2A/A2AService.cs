using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.AgentRuntime.Hosting;
using AgentOperator.AgentRuntime.Loop;
using AgentOperator.AgentRuntime.Serving.Mcp;

namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>Tasks of A2A on top of the loop.</summary>
internal sealed class A2AService(AgentLoop loop, TaskStore tasks, CallGate gate, AgentParts parts)
{
    private const int DefaultPage = 50;
    private const int MaxPage = 100;

    /// <summary>Begins a task or goes on with one that waits. It works on by itself, whoever watches. <paramref name="onReady"/> gets the task before the work begins: who watches from there misses nothing.</summary>
    /// <exception cref="A2AException">The message cannot be taken.</exception>
    public TaskEntry Send(SendMessageRequest request, ActivityContext trace, Action<TaskEntry>? onReady = null)
    {
        A2AMessage message = request.Message is { Parts.Count: > 0 } given ? given : throw new A2AException(A2AException.InvalidParams, "The request needs a message with parts.");
        IDisposable pass = gate.Enter() ?? throw new A2AException(A2AException.Busy, "The agent shuts down: call again, another pod answers.");
        bool isRunning = false;
        TaskEntry? taken = null;
        try
        {
            MessageInput asked = MessageInput.Read(message, request.Metadata);
            bool isAnswer = message.TaskId is { Length: > 0 };
            TaskEntry entry = isAnswer ? tasks.Get(message.TaskId) : tasks.Add(message.ContextId);
            if (isAnswer && !entry.TryLeave())
            {
                throw new A2AException(A2AException.UnsupportedOperation, $"The task waits for no message: it is {entry.Task.Status.State}.");
            }

            taken = entry;
            entry.Hear(message);
            Func<Task<SkillOutcome>>? work = entry.WaitsForApproval ? Decide(entry, message, asked) : Begin(entry, asked, isAnswer, trace);
            onReady?.Invoke(entry);
            if (work is not null)
            {
                isRunning = true;
                Run(entry, pass, work);
            }

            return entry;
        }
        catch when (taken is not null && !isRunning)
        {
            // Nobody works on it: it must not look as if.
            taken.TrySet(A2AStates.Failed, "The message could not be read.");
            throw;
        }
        finally
        {
            if (!isRunning)
            {
                pass.Dispose();
            }
        }
    }

    /// <summary>Waits until nothing more happens by itself.</summary>
    public static async Task<A2ATask> WaitAsync(TaskEntry entry, CancellationToken cancellation)
    {
        System.Threading.Channels.ChannelReader<A2AStreamResponse> reader = entry.Watch();
        try
        {
            await foreach (A2AStreamResponse _ in reader.ReadAllAsync(cancellation))
            {
                // Only the end counts.
            }
        }
        finally
        {
            entry.Unwatch(reader);
        }

        return entry.Task;
    }

    public async Task<A2ATask> CancelAsync(string? id, CancellationToken cancellation)
    {
        TaskEntry entry = tasks.Get(id);
        if (A2AStates.IsEnd(entry.Task.Status.State))
        {
            throw new A2AException(A2AException.TaskNotCancelable, $"The task has ended: it is {entry.Task.Status.State}.");
        }

        if (entry.TryLeave())
        {
            loop.Drop(entry.Task.Id);
            entry.TrySet(A2AStates.Canceled);
            return entry.Task;
        }

        await entry.Cancellation.CancelAsync();
        return await WaitAsync(entry, cancellation);
    }

    /// <summary>Newest first, a page at a time; the token is the number of tasks before it.</summary>
    public A2ATaskList List(TaskRequest request)
    {
        int size = Math.Clamp(request.PageSize ?? DefaultPage, 1, MaxPage);
        int from = int.TryParse(request.PageToken, out int given) && given > 0 ? given : 0;
        A2ATask[] all = [.. tasks.List()
            .Where(task => request.ContextId is not { Length: > 0 } context || task.ContextId == context)
            .Where(task => request.Status is not { Length: > 0 } state || state == "TASK_STATE_UNSPECIFIED" || task.Status.State == state)];
        A2ATask[] page = [.. all.Skip(from).Take(size).Select(task => Shown(task, request.HistoryLength ?? 0) with { Artifacts = request.IncludeArtifacts ? task.Artifacts : null })];
        return new A2ATaskList { Tasks = page, PageSize = size, TotalSize = all.Length, NextPageToken = from + page.Length < all.Length ? $"{from + page.Length}" : "" };
    }

    public TaskEntry Get(string? id) => tasks.Get(id);

    /// <summary>The task with as much history as was asked for.</summary>
    public static A2ATask Shown(A2ATask task, int? historyLength) => historyLength is { } length ? task with { History = length <= 0 ? null : [.. (task.History ?? []).TakeLast(length)] } : task;

    /// <summary>The work that follows; null when there is none.</summary>
    private Func<Task<SkillOutcome>>? Decide(TaskEntry entry, A2AMessage message, MessageInput asked)
    {
        CallDecision? decision = DecisionReader.TryRead(JsonValues.Of(asked.Input))
            ?? (message.Parts.FirstOrDefault(static part => part.Text is not null)?.Text is { } word ? DecisionReader.OfWord(word) : null);
        if (decision is null)
        {
            entry.TrySet(A2AStates.InputRequired, "Answer approve or deny, or send data {\"decision\": \"Approve\"} or {\"decision\": \"Deny\", \"comment\": \"…\"}.");
            return null;
        }

        entry.WaitsForApproval = false;
        entry.TrySet(A2AStates.Working);
        return () => loop.ResumeAsync(entry.Task.Id, decision, happening => Hear(entry, happening), entry.Cancellation.Token);
    }

    /// <summary>The work that follows; null when there is none.</summary>
    private Func<Task<SkillOutcome>>? Begin(TaskEntry entry, MessageInput asked, bool isAnswer, ActivityContext trace)
    {
        MessageInput.Merge(entry.Input, asked.Input);
        entry.Skill = asked.Skill ?? entry.Skill ?? (isAnswer ? NamedByText(entry) : null) ?? (loop.Plan.Skills.Count == 1 ? loop.Plan.Skills.Keys.First() : null);
        if (entry.Skill is null || !loop.Plan.Skills.TryGetValue(entry.Skill, out SkillPlan? skill))
        {
            entry.Skill = null;
            entry.TrySet(A2AStates.InputRequired, $"Which skill? Name one in metadata.skillId: {string.Join(", ", loop.Plan.Skills.Keys)}.");
            return null;
        }

        JsonElement input = MessageInput.Fit(entry.Input, skill);
        if (input.GetRawText().Length > parts.Guard.MaxInputBytes)
        {
            entry.TrySet(A2AStates.Rejected, $"The input is larger than {parts.Guard.MaxInputBytes} bytes (guard.maxInputBytes).");
            return null;
        }

        if (skill.Input?.Validate(input) is { Count: > 0 } violations)
        {
            entry.TrySet(A2AStates.InputRequired, $"The skill {entry.Skill} needs other input: {string.Join("; ", violations)}. Send the missing fields as a data part.", data: new A2APart { Data = skill.Skill.Input, MediaType = "application/schema+json" });
            return null;
        }

        entry.TrySet(A2AStates.Working);
        SkillCall call = new() { Skill = entry.Skill, Input = input, ContextId = entry.Task.ContextId, CallId = entry.Task.Id, OnEvent = happening => Hear(entry, happening) };
        return () => loop.RunAsync(call, trace, entry.Cancellation.Token);
    }

    /// <summary>To the question which skill, people answer with its name.</summary>
    private string? NamedByText(TaskEntry entry)
    {
        if (entry.Task.History?[^1].Parts is [{ Text: { } text }] && loop.Plan.Skills.ContainsKey(text.Trim()))
        {
            entry.Input.Remove("text");
            if (entry.Task.History[0].Parts.FirstOrDefault(static part => part.Text is not null)?.Text is { } first)
            {
                entry.Input["text"] = first;
            }

            return text.Trim();
        }

        return null;
    }

    private static void Run(TaskEntry entry, IDisposable pass, Func<Task<SkillOutcome>> work) => _ = Task.Run(async () =>
    {
        using (pass)
        {
            Finish(entry, await work());
        }
    });

    private static ValueTask Hear(TaskEntry entry, AgentEvent happening)
    {
        entry.Note(happening.Kind switch
        {
            AgentEvent.Delta => happening.Text!,
            AgentEvent.ToolStarted => $"[tool {happening.Tool} started]",
            _ => $"[tool {happening.Tool} {(happening.IsError is true ? "failed" : "ended")}]",
        });
        return ValueTask.CompletedTask;
    }

    private static void Finish(TaskEntry entry, SkillOutcome outcome)
    {
        switch (outcome.End)
        {
            case SkillEnd.Completed:
                AnswerEnvelope answer = outcome.Answer!;
                entry.TrySet(A2AStates.Completed, artifact: new A2AArtifact
                {
                    ArtifactId = "result",
                    Name = answer.Skill,
                    Parts = [A2APart.Of(answer.Result)],
                    Metadata = JsonValues.Of(new JsonObject { [SkillTools.EnvelopeKey] = JsonSerializer.SerializeToNode(answer, AgentRuntimeJsonContext.Default.AnswerEnvelope) }),
                });
                break;
            case SkillEnd.InputRequired:
                entry.WaitsForApproval = true;
                entry.TrySet(A2AStates.InputRequired, outcome.Message, data: A2APart.Of(JsonSerializer.SerializeToElement(SkillEndpoints.InputRequired(outcome), AgentRuntimeJsonContext.Default.InputRequiredDocument)));
                break;
            case SkillEnd.Cancelled:
                entry.TrySet(A2AStates.Canceled);
                break;
            default:
                entry.TrySet(outcome.End == SkillEnd.Refused ? A2AStates.Rejected : A2AStates.Failed, $"{outcome.Reason}: {outcome.Message}");
                break;
        }
    }
}
