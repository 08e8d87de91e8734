using AgentOperator.Controllers.Queueing;
using AgentOperator.Kube.Models;
using AgentOperator.Testing;
using FsCheck;
using FsCheck.Fluent;
using static AgentOperator.Controllers.Tests.Fixtures.Maps;

namespace AgentOperator.Controllers.Tests.Queueing;

public sealed class WorkQueuePropertyTests
{
    private static readonly Gen<string> Name = Gen.Elements("a", "b", "c", "d");

    private static readonly Gen<QueueStep> Step = Gen.Frequency(
        (6, Name.SelectMany(static _ => Gen.Elements(WorkPriority.Low, WorkPriority.Normal), static (name, priority) => (QueueStep)new QueueStep.Add(name, priority))),
        (4, Name.SelectMany(static _ => Gen.Choose(-1, 60), static (name, wait) => (QueueStep)new QueueStep.AddAfter(name, wait))),
        (2, Name.Select(static name => (QueueStep)new QueueStep.Fail(name))),
        (1, Name.Select(static name => (QueueStep)new QueueStep.Forget(name))),
        (6, Gen.Constant<QueueStep>(new QueueStep.Take())),
        (6, Gen.Choose(0, 3).Select(static which => (QueueStep)new QueueStep.Done(which))),
        (3, Gen.Choose(1, 50).Select(static wait => (QueueStep)new QueueStep.Advance(wait))));

    [Fact]
    public void Every_history_of_operations_gives_what_the_model_gives() =>
        Prop.ForAll(Arb.From(Step.ArrayOf(), Shorter), Run).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000).WithEndSize(200));

    [Fact(Timeout = Limits.Hang)]
    public async Task No_two_workers_ever_have_one_key_and_no_signal_is_lost()
    {
        const int Keys = 5;
        const int SignalsPerKey = 4_000;
        using WorkQueue queue = new(new FakeTimeProvider());
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        int[] sent = new int[Keys];
        int[] seen = new int[Keys];
        int[] workers = new int[Keys];
        int collisions = 0;
        TaskCompletionSource allSeen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        Task[] working = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(WorkAsync, TestContext.Current.CancellationToken))];
        Task[] signalling = [.. Enumerable.Range(0, 4).Select(sender => Task.Run(() => Signal(sender), TestContext.Current.CancellationToken))];
        await Task.WhenAll(signalling);
        await allSeen.Task.WaitAsync(stop.Token);
        await stop.CancelAsync();
        await Task.WhenAll(working);

        collisions.ShouldBe(0);
        seen.ShouldBe(Enumerable.Repeat(SignalsPerKey, Keys));
        queue.Depth.ShouldBe(0);

        void Signal(int sender)
        {
            for (int i = 0; i < SignalsPerKey * Keys / 4; i++)
            {
                int key = (i + sender) % Keys;
                Interlocked.Increment(ref sent[key]);
                queue.Add(Key($"{key}"), i % 3 == 0 ? WorkPriority.Low : WorkPriority.Normal);
            }
        }

        async Task WorkAsync()
        {
            while (true)
            {
                ObjectKey taken;
                try
                {
                    taken = await queue.TakeAsync(stop.Token);
                }
                catch (OperationCanceledException)
                {
                    return;
                }

                int key = taken.Name[0] - '0';
                if (Interlocked.Increment(ref workers[key]) > 1)
                {
                    Interlocked.Increment(ref collisions);
                }

                // Only the one worker of the key writes here: a second one would be a collision.
                Volatile.Write(ref seen[key], Volatile.Read(ref sent[key]));
                await Task.Yield();
                Interlocked.Decrement(ref workers[key]);
                queue.Done(taken);
                if (seen.Sum() == Keys * SignalsPerKey)
                {
                    allSeen.TrySetResult();
                }
            }
        }
    }

    private static void Run(QueueStep[] steps)
    {
        FakeTimeProvider time = new();
        using WorkQueue queue = new(time);
        QueueModel model = new();
        foreach (QueueStep step in steps)
        {
            switch (step)
            {
                case QueueStep.Add add:
                    queue.Add(Key(add.Name), add.Priority);
                    model.Add(add.Name, add.Priority);
                    break;
                case QueueStep.AddAfter after:
                    queue.AddAfter(Key(after.Name), TimeSpan.FromMilliseconds(after.Milliseconds));
                    model.AddAfter(after.Name, after.Milliseconds);
                    break;
                case QueueStep.Fail fail:
                    queue.AddFailed(Key(fail.Name));
                    model.Fail(fail.Name);
                    break;
                case QueueStep.Forget forget:
                    queue.Forget(Key(forget.Name));
                    model.Forget(forget.Name);
                    break;
                case QueueStep.Take when model.Depth > 0:
                    ObjectKey taken = Taken(queue);
                    model.Next.ShouldContain(taken.Name);
                    model.Take(taken.Name);
                    break;
                case QueueStep.Done done when model.Working is { Count: > 0 } working:
                    queue.Done(Key(working[done.Which % working.Count]));
                    model.Done(working[done.Which % working.Count]);
                    break;
                case QueueStep.Advance advance:
                    time.Advance(TimeSpan.FromMilliseconds(advance.Milliseconds));
                    model.Advance(advance.Milliseconds);
                    break;
            }

            queue.Depth.ShouldBe(model.Depth);
        }

        while (model.Depth > 0)
        {
            model.Take(Taken(queue).Name);
        }

        ShouldWait(queue);
    }

    private static IEnumerable<QueueStep[]> Shorter(QueueStep[] steps) => steps.Select((_, left) => steps.Where((_, index) => index != left).ToArray());

    private static ObjectKey Taken(WorkQueue queue)
    {
        Task<ObjectKey> taken = queue.TakeAsync(CancellationToken.None);
        taken.IsCompletedSuccessfully.ShouldBeTrue();
        return taken.GetAwaiter().GetResult();
    }

    private static void ShouldWait(WorkQueue queue)
    {
        using CancellationTokenSource cancelled = new();
        Task<ObjectKey> worker = queue.TakeAsync(cancelled.Token);
        worker.IsCompleted.ShouldBeFalse();
        cancelled.Cancel();

        // Only then has it left the queue.
        Should.Throw<OperationCanceledException>(() => worker.GetAwaiter().GetResult());
    }
}
