using System.Text.Json;
using AgentOperator.Kube;
using AgentOperator.Kube.Configuration;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Requests;
using AgentOperator.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace AgentOperator.Local.Tests.Requests;

/// <summary>An API server that dies after it has carried out a write, and before it answers.</summary>
public sealed class PodCreationTests
{
    private static readonly Pod Wanted = new() { Metadata = new ObjectMeta { Name = "p", Namespace = "n" } };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task A_pod_whose_creation_was_not_answered_is_there_once(bool wasWritten, bool diesAgain)
    {
        List<Pod> pods = [];
        List<string> told = [];
        bool isDying = true;
        await using WebApplication server = await StartAsync(async context =>
        {
            if (context.Request.Method == "POST")
            {
                Pod sent = (await JsonSerializer.DeserializeAsync(context.Request.Body, Pod.JsonTypeInfo, Stop))!;
                bool isThere = pods.Exists(pod => pod.Metadata.Name == sent.Metadata.Name);
                if (!isThere && (wasWritten || !isDying))
                {
                    pods.Add(sent);
                }

                if (isDying)
                {
                    isDying = false;
                    context.Abort();
                    return;
                }

                if (isThere)
                {
                    context.Response.StatusCode = StatusCodes.Status409Conflict;
                    context.Response.ContentType = "application/json";
                    await context.Response.WriteAsync("""{"kind":"Status","code":409,"reason":"AlreadyExists"}""", Stop);
                    return;
                }
            }

            if (context.Request.Method == "GET" && diesAgain)
            {
                diesAgain = false;
                context.Abort();
                return;
            }

            await JsonSerializer.SerializeAsync(context.Response.Body, pods.Single(), Pod.JsonTypeInfo, Stop);
        });
        using KubeClient client = new(new KubeConnection { Server = new Uri(server.Urls.Single()) });
        FakeTimeProvider time = new();

        int deaths = diesAgain ? 2 : 1;
        Task<Pod?> creating = new PodCreation(client.Resource<Pod>("n"), time).CreateAsync(Wanted, static () => true, told.Add, Stop);
        for (int i = 0; i < deaths; i++)
        {
            await time.WaitStartedAsync(TimeSpan.FromSeconds(1), Stop);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("p", (await creating)?.Metadata.Name);
        Assert.Single(pods);
        Assert.Equal(deaths, told.Count);
    }

    [Fact]
    public async Task What_is_not_wanted_any_more_is_not_asked_for_again()
    {
        int asked = 0;
        await using WebApplication server = await StartAsync(context =>
        {
            asked++;
            context.Abort();
            return Task.CompletedTask;
        });
        using KubeClient client = new(new KubeConnection { Server = new Uri(server.Urls.Single()) });
        FakeTimeProvider time = new();
        Task<Pod?> creating = new PodCreation(client.Resource<Pod>("n"), time).CreateAsync(Wanted, static () => false, static _ => { }, Stop);
        await time.WaitStartedAsync(TimeSpan.FromSeconds(1), Stop);
        int before = asked;
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await creating);
        Assert.Equal(before, asked);
    }

    private static async Task<WebApplication> StartAsync(RequestDelegate answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        WebApplication server = builder.Build();
        server.Run(answer);
        await server.StartAsync(Stop);
        return server;
    }
}
