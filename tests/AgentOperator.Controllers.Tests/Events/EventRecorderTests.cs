using System.Text;
using AgentOperator.Controllers.Events;
using AgentOperator.Controllers.Tests.Fixtures;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Models.Events;
using AgentOperator.Testing;
using static AgentOperator.Controllers.Tests.Fixtures.Maps;

namespace AgentOperator.Controllers.Tests.Events;

public sealed class EventRecorderTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly MemorySink _sink = new();
    private readonly RecordingLogger<EventRecorder> _log = new();
    private readonly EventRecorder _recorder;

    public EventRecorderTests() => _recorder = new EventRecorder(_sink, "agentoperator.dev/workflow", "pod-1", _time, _log);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _recorder.Dispose();

    [Fact(Timeout = Limits.Hang)]
    public async Task An_event_says_what_happened_to_which_object_and_who_says_so()
    {
        Record("a");
        await _recorder.FlushAsync(TimeSpan.FromMinutes(1));

        Event written = _sink.Created.Single();
        written.Metadata.Namespace.ShouldBe("ns");
        written.Metadata.Name.ShouldStartWith("a.");
        written.Regarding.ShouldBe(new ObjectReference { ApiVersion = "v1", Kind = "ConfigMap", Namespace = "ns", Name = "a", Uid = "u-a", ResourceVersion = "1" });
        (written.Type, written.Reason, written.Action, written.Note).ShouldBe(("Warning", "StepFailed", "RunStep", "step failed"));
        (written.ReportingController, written.ReportingInstance).ShouldBe(("agentoperator.dev/workflow", "pod-1"));
        written.EventTime!.Value.Value.ShouldBe(_time.GetUtcNow());
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task What_comes_again_and_again_is_two_writes_and_a_last_count_at_the_end()
    {
        for (int i = 0; i < 100; i++)
        {
            Record("a");
        }

        await _recorder.FlushAsync(TimeSpan.FromMinutes(1));

        _sink.Created.Count.ShouldBe(1);
        _sink.Updated.Select(static update => update.Series!.Count).ShouldBe([2, 100]);
        _sink.Updated.ShouldAllBe(update => update.Metadata.Name == _sink.Created.Single().Metadata.Name);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Who_records_never_waits_and_what_is_too_much_is_dropped_and_counted()
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _sink.Gate = gate.Task;

        for (int i = 0; i < 3000; i++)
        {
            Record($"object-{i}");
        }

        gate.SetResult();
        await _recorder.FlushAsync(TimeSpan.FromMinutes(1));

        _sink.Created.Count.ShouldBeInRange(1000, 1002);
        _log.Lines.Single().ShouldBe($"Warning: {3000 - _sink.Created.Count} events were lost");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_server_that_fails_for_a_moment_costs_no_event()
    {
        _sink.Failures.Enqueue(new HttpRequestException("refused"));
        _sink.Failures.Enqueue(Refusal(500, "InternalError"));
        Record("a");
        await _time.WaitStartedAsync(TimeSpan.FromSeconds(2), Stop);
        _time.Advance(TimeSpan.FromSeconds(2));
        await _time.WaitStartedAsync(TimeSpan.FromSeconds(4), Stop);
        _time.Advance(TimeSpan.FromSeconds(4));
        await _recorder.FlushAsync(TimeSpan.FromMinutes(1));

        _sink.Created.Count.ShouldBe(1);
        _log.Lines.ShouldBeEmpty();
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(422)]
    [InlineData(0)]
    public async Task What_cannot_be_written_is_dropped_with_one_line_and_the_rest_goes_on(int code)
    {
        for (int i = 0; i < 3; i++)
        {
            _sink.Failures.Enqueue(code == 0 ? new WriteFencedException("not the leader") : Refusal(code, "No"));
        }

        for (int i = 0; i < 5; i++)
        {
            Record($"object-{i}");
        }

        await _recorder.FlushAsync(TimeSpan.FromMinutes(1));

        _sink.Created.Count.ShouldBe(2);
        _log.Lines.Count.ShouldBe(2);
        _log.Lines[0].ShouldStartWith("Warning: Events are lost: ");
        _log.Lines[1].ShouldBe("Warning: 3 events were lost");
        _log.Errors.ShouldBeEmpty();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_server_that_hangs_at_the_end_holds_nobody_up()
    {
        _sink.Gate = Task.Delay(Timeout.InfiniteTimeSpan, Stop);
        Record("a");

        Task flushing = _recorder.FlushAsync(TimeSpan.FromSeconds(3));
        await _time.WaitStartedAsync(TimeSpan.FromSeconds(3), Stop);
        _time.Advance(TimeSpan.FromSeconds(3));

        await flushing.WaitAsync(Stop);
        Record("b");
        _sink.Created.ShouldBeEmpty();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Long_texts_fit_the_servers_limits_without_a_broken_character()
    {
        _recorder.Record(Map(new string('n', 250), "1"), EventTypes.Normal, "R", "A", string.Concat(Enumerable.Repeat("🎉", 300)));
        await _recorder.FlushAsync(TimeSpan.FromMinutes(1));

        Event written = _sink.Created.Single();
        written.Metadata.Name!.Length.ShouldBeLessThanOrEqualTo(253);
        Encoding.UTF8.GetByteCount(written.Note!).ShouldBeLessThanOrEqualTo(1024);
        written.Note.ShouldEndWith("🎉…");
    }

    private void Record(string name) => _recorder.Record(Map(name, "1"), EventTypes.Warning, "StepFailed", "RunStep", "step failed");
}
