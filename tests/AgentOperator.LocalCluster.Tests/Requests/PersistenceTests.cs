using System.Net;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Local.Requests;
using AgentOperator.Testing;

namespace AgentOperator.Local.Tests.Requests;

/// <summary>A pod is not lost because the API server was restarted in the wrong moment.</summary>
public sealed class PersistenceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_server_could_not_answer_is_told_it_again()
    {
        FakeTimeProvider time = new();
        Queue<Exception?> answers = new([new HttpRequestException("connection refused"), Answer(HttpStatusCode.ServiceUnavailable), null]);
        List<string> told = [];
        Task telling = Persistence.UntilAnsweredAsync(() => answers.Dequeue() is { } error ? Task.FromException(error) : Task.CompletedTask, time, told.Add, Stop);
        for (int unanswered = 0; unanswered < 2; unanswered++)
        {
            await time.WaitStartedAsync(TimeSpan.FromSeconds(1), Stop);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        await telling.WaitAsync(Stop);
        Assert.Empty(answers);
        Assert.Equal(["connection refused", "no"], told);
    }

    [Fact]
    public async Task An_answer_is_taken_as_it_is() =>
        await Assert.ThrowsAsync<KubeApiException>(() => Persistence.UntilAnsweredAsync(() => Task.FromException(Answer(HttpStatusCode.NotFound)), new FakeTimeProvider(), static _ => { }, Stop));

    private static KubeApiException Answer(HttpStatusCode code) => new(new Status { Code = (int)code, Message = "no" });
}
