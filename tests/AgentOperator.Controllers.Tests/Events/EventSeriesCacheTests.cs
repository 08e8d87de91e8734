using AgentOperator.Controllers.Events;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Models.Events;

namespace AgentOperator.Controllers.Tests.Events;

public sealed class EventSeriesCacheTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly EventSeriesCache _cache = new();

    [Fact]
    public void The_first_is_written_as_it_is_the_second_as_a_series_and_more_are_counted()
    {
        _cache.Observe(Of("a"), Start)!.Series.ShouldBeNull();

        Event second = _cache.Observe(Of("a"), Start.AddSeconds(1))!;
        second.Series.ShouldBe(new EventSeries { Count = 2, LastObservedTime = new MicroTime(Start.AddSeconds(1)) });
        second.Metadata.Name.ShouldBe("a.1");
        for (int i = 2; i < 100; i++)
        {
            _cache.Observe(Of("a"), Start.AddSeconds(i)).ShouldBeNull();
        }

        _cache.Unwritten(Start.AddSeconds(100)).Single().Series!.Count.ShouldBe(100);
        _cache.Unwritten(Start.AddSeconds(100)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("note")]
    [InlineData("reason")]
    [InlineData("uid")]
    public void What_differs_is_another_event(string what)
    {
        _cache.Observe(Of("a"), Start);

        Event other = what switch
        {
            "note" => Of("a") with { Note = "another step failed" },
            "reason" => Of("a") with { Reason = "Other" },
            _ => Of("a") with { Regarding = new ObjectReference { Uid = "another" } },
        };

        _cache.Observe(other, Start)!.Series.ShouldBeNull();
    }

    [Fact]
    public void An_event_that_has_not_come_for_a_while_is_a_new_one()
    {
        _cache.Observe(Of("a"), Start);

        _cache.Observe(Of("a"), Start + EventSeriesCache.Idle)!.Series.ShouldBeNull();
    }

    [Fact]
    public void The_count_of_a_series_that_goes_on_is_written_from_time_to_time_and_at_its_end()
    {
        DateTimeOffset now = Start;
        List<int> written = [];
        for (int minute = 0; minute <= 40; minute++, now = now.AddMinutes(1))
        {
            if (_cache.Observe(Of("a"), now) is { Series: { } series })
            {
                written.Add(series.Count);
            }

            written.AddRange(_cache.Due(now).Select(static due => due.Series!.Count));
        }

        _cache.Due(now.AddMinutes(4)).ShouldBeEmpty();
        written.AddRange(_cache.Due(now.AddMinutes(5)).Select(static due => due.Series!.Count));

        written.ShouldBe([2, 32, 41]);
        _cache.Count.ShouldBe(0);
    }

    [Fact]
    public void However_many_different_ones_there_are_only_so_many_are_remembered()
    {
        for (int i = 0; i < EventSeriesCache.Most + 10; i++)
        {
            _cache.Observe(Of($"object-{i}"), Start.AddMilliseconds(i)).ShouldNotBeNull();
        }

        _cache.Count.ShouldBe(EventSeriesCache.Most);
        _cache.Observe(Of($"object-{EventSeriesCache.Most + 9}"), Start.AddSeconds(10))!.Series!.Count.ShouldBe(2);
    }

    private static Event Of(string name) => new()
    {
        Metadata = new ObjectMeta { Name = $"{name}.1" },
        Type = EventTypes.Warning,
        Reason = "StepFailed",
        Action = "RunStep",
        Note = "step a failed",
        Regarding = new ObjectReference { Name = name, Uid = $"u-{name}" },
    };
}
