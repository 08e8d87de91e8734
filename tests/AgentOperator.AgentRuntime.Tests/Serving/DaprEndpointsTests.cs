using System.Net;
using System.Text;
using System.Text.Json;
using AgentOperator.AgentRuntime.Tests.Hosting;
using AgentOperator.Testing;

namespace AgentOperator.AgentRuntime.Tests.Serving;

public sealed class DaprEndpointsTests
{
    private const string Subscribed = """
        "skills":[{"name":"review","input":{"type":"object","properties":{"code":{"type":"string"}},"required":["code"]}}],
        "dapr":{"appId":"tester","subscriptions":[{"pubsubName":"bus","topic":"pushes","skill":"review","deadLetterTopic":"dead"}]}
        """;

    private static async Task<(HttpStatusCode Status, string Body)> DeliverAsync(RunningAgent agent, string data, string? token)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/dapr/deliveries/0")
        {
            Content = new StringContent($$"""{"specversion":"1.0","id":"1","source":"s","type":"t","datacontenttype":"application/json","data":{{data}}}""", Encoding.UTF8, "application/cloudevents+json"),
        };
        if (token is not null)
        {
            request.Headers.Add("dapr-api-token", token);
        }

        using HttpResponseMessage response = await agent.Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_message_is_the_input_of_its_skill()
    {
        FakeModel model = new(FakeModel.Says("fine"));
        await using RunningAgent agent = await RunningAgent.StartAsync(model, RunningAgent.Config(Subscribed), static name => name == "APP_API_TOKEN" ? "t" : null);
        JsonElement subscription = JsonElement.Parse(await agent.Http.GetByteArrayAsync("/dapr/subscribe"))[0];
        subscription.GetProperty("pubsubname").GetString().ShouldBe("bus");
        subscription.GetProperty("route").GetString().ShouldBe("/dapr/deliveries/0");
        subscription.GetProperty("deadLetterTopic").GetString().ShouldBe("dead");
        (await DeliverAsync(agent, """{"code":"x"}""", "wrong")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await DeliverAsync(agent, """{"code":"x"}""", null)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        model.Requests.ShouldBeEmpty();
        (await DeliverAsync(agent, """{"code":"x"}""", "t")).Body.ShouldContain("SUCCESS");
        model.Requests[0][^1].Text.ShouldBe("""{"code":"x"}""");
        (await DeliverAsync(agent, """{"code":1}""", "t")).Body.ShouldContain("DROP");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_message_is_delivered_again_when_no_model_answers()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(new FakeModel((_, _) => throw new InvalidOperationException("x")), RunningAgent.Config(Subscribed));
        (await DeliverAsync(agent, """{"code":"x"}""", null)).Body.ShouldContain("RETRY");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Without_dapr_nothing_is_delivered()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(new FakeModel(FakeModel.Says("x")));
        (await agent.Http.GetAsync("/dapr/subscribe")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
