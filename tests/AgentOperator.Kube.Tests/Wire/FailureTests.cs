using System.Net;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Tests.Server;
using AgentOperator.Testing;

namespace AgentOperator.Kube.Tests.Wire;

public sealed class FailureTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Timeout = Limits.Hang)]
    [InlineData(409, "AlreadyExists", nameof(KubeApiException.IsAlreadyExists))]
    [InlineData(409, "Conflict", nameof(KubeApiException.IsConflict))]
    [InlineData(404, "NotFound", nameof(KubeApiException.IsNotFound))]
    [InlineData(410, "Expired", nameof(KubeApiException.IsExpired))]
    [InlineData(422, "Invalid", nameof(KubeApiException.IsInvalid))]
    [InlineData(403, "Forbidden", nameof(KubeApiException.IsForbidden))]
    public async Task The_server_says_why_it_refuses(int code, string reason, string question)
    {
        string[] exclusive = [nameof(KubeApiException.IsAlreadyExists), nameof(KubeApiException.IsConflict), nameof(KubeApiException.IsNotFound), nameof(KubeApiException.IsExpired), nameof(KubeApiException.IsInvalid), nameof(KubeApiException.IsForbidden)];

        KubeApiException error = await FailAsync(Answers.Status(code, reason, "because", """{"name":"a","kind":"pods"}"""), code);

        error.Message.ShouldBe("because");
        error.Status.Reason.ShouldBe(reason);
        error.Status.Details!.Name.ShouldBe("a");
        exclusive.Where(name => (bool)typeof(KubeApiException).GetProperty(name)!.GetValue(error)!).ShouldBe([question]);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_namespace_that_goes_away_is_told_apart_from_missing_rights()
    {
        string cause = """{"causes":[{"reason":"NamespaceTerminating","message":"ns is being terminated","field":"metadata.namespace"}]}""";

        (await FailAsync(Answers.Status(403, "Forbidden", "no", cause), 403)).IsNamespaceTerminating.ShouldBeTrue();
        (await FailAsync(Answers.Status(403, "Forbidden", "no"), 403)).IsNamespaceTerminating.ShouldBeFalse();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_version_ahead_of_the_server_is_recognised() =>
        (await FailAsync(Answers.Status(504, "Timeout", "Too large resource version", """{"causes":[{"reason":"ResourceVersionTooLarge","message":"m"}],"retryAfterSeconds":1}"""), 504))
            .IsResourceVersionTooLarge.ShouldBeTrue();

    [Fact(Timeout = Limits.Hang)]
    public async Task A_proxys_page_is_shown_with_its_code()
    {
        KubeApiException error = await FailAsync("<html><h1>Bad Gateway</h1></html>", 502, "text/html");

        error.Code.ShouldBe(HttpStatusCode.BadGateway);
        error.Message.ShouldContain("502");
        error.Message.ShouldContain("<h1>Bad Gateway</h1>");
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData("""{"error":"no healthy upstream"}""")]
    [InlineData("""{"status":502,"detail":"no healthy upstream"}""")]
    [InlineData("""["no healthy upstream"]""")]
    [InlineData("""{"message": "no healthy upstream""")]
    public async Task Json_that_is_no_status_is_shown_with_its_code(string body)
    {
        KubeApiException error = await FailAsync(body, 502);

        error.Code.ShouldBe(HttpStatusCode.BadGateway);
        error.Message.ShouldContain("no healthy upstream");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_status_without_a_code_has_the_answers_code() =>
        (await FailAsync("""{"kind":"Status","status":"Failure","message":"m"}""", 409)).Code.ShouldBe(HttpStatusCode.Conflict);

    [Fact(Timeout = Limits.Hang)]
    public async Task An_empty_answer_is_still_an_error_with_its_code() =>
        (await FailAsync("", 401, "text/plain")).Code.ShouldBe(HttpStatusCode.Unauthorized);

    [Fact(Timeout = Limits.Hang)]
    public async Task A_redirect_is_refused()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(context =>
        {
            context.Response.Redirect("https://elsewhere.example/");
            return Task.CompletedTask;
        });
        using KubeClient client = server.Connect();

        (await Should.ThrowAsync<KubeApiException>(() => client.Resource<Pod>("ns").GetAsync("a", Stop))).Code.ShouldBe(HttpStatusCode.Found);

        server.Requests.Count.ShouldBe(1);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task What_is_not_there_is_null_for_find_only()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.InTurn(
            Answers.Always(Answers.Status(404, "NotFound", "no"), 404),
            Answers.Always(Answers.Pod("a")),
            Answers.Always(Answers.Status(403, "Forbidden", "no"), 403)));
        using KubeClient client = server.Connect();

        (await client.Resource<Pod>("ns").FindAsync("a", Stop)).ShouldBeNull();
        (await client.Resource<Pod>("ns").FindAsync("a", Stop))!.Metadata.Uid.ShouldBe("u-a");
        (await Should.ThrowAsync<KubeApiException>(() => client.Resource<Pod>("ns").FindAsync("a", Stop))).IsForbidden.ShouldBeTrue();
    }

    private static async Task<KubeApiException> FailAsync(string body, int code, string contentType = Answers.Json)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always(body, code, contentType));
        using KubeClient client = server.Connect();
        return await Should.ThrowAsync<KubeApiException>(() => client.Resource<Pod>("ns").GetAsync("a", Stop));
    }
}
