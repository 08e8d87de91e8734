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
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pod_whose_creation_was_not_answered_is_there_once(bool wasWritten)
    {
        List<Pod> pods = [];
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

            await JsonSerializer.SerializeAsync(context.Response.Body, pods.Single(), Pod.JsonTypeInfo, Stop);
        });
        using KubeClient client = new(new KubeConnection { Server = new Uri(server.Urls.Single()) });
        FakeTimeProvider time = new();

        Task<Pod> creating = PodCreation.CreateAsync(client.Resource<Pod>("n"), new Pod { Metadata = new ObjectMeta { Name = "p", Namespace = "n" } }, time, Stop);
        await time.WaitStartedAsync(TimeSpan.FromSeconds(1), Stop);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("p", (await creating).Metadata.Name);
        Assert.Single(pods);
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
