using System.Net;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Local.Node;

namespace AgentOperator.Local.Tests.Node;

/// <summary>A pod is not lost because the API server was restarted in the wrong moment.</summary>
public sealed class PersistenceTests
{
    [Fact]
    public async Task What_the_server_could_not_answer_is_told_it_again()
    {
        Queue<Exception?> answers = new([new HttpRequestException("connection refused"), Answer(HttpStatusCode.ServiceUnavailable), null]);
        List<string> told = [];
        await Persistence.UntilAnsweredAsync(() => answers.Dequeue() is { } error ? Task.FromException(error) : Task.CompletedTask, TimeProvider.System, told.Add, TestContext.Current.CancellationToken);
        Assert.Empty(answers);
        Assert.Equal(2, told.Count);
    }

    [Fact]
    public async Task An_answer_is_taken_as_it_is() =>
        await Assert.ThrowsAsync<KubeApiException>(() => Persistence.UntilAnsweredAsync(() => Task.FromException(Answer(HttpStatusCode.NotFound)), TimeProvider.System, static _ => { }, TestContext.Current.CancellationToken));

    private static KubeApiException Answer(HttpStatusCode code) => new(new Status { Code = (int)code, Message = "no" });
}
