using System.Text;
using Microsoft.AspNetCore.Http;

namespace AgentOperator.Kube.Tests.Server;

/// <summary>Answers of an API server.</summary>
internal static class Answers
{
    public const string Json = "application/json";

    /// <summary>A pod as the server writes it, with the parts that the records must ignore.</summary>
    public static string Pod(string name, string version = "5") =>
        $$$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}","namespace":"ns","uid":"u-{{{name}}}","resourceVersion":"{{{version}}}","managedFields":[{"manager":"m"}]},"status":{"phase":"Running"}}""";

    public static string Status(int code, string reason, string message, string details = "{}") =>
        $$"""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"{{message}}","reason":"{{reason}}","details":{{details}},"code":{{code}}}""";

    public static RequestDelegate Always(string body, int code = 200, string contentType = Json) => context => WriteAsync(context, body, code, contentType);

    /// <summary>One answer after another; a request too many fails the test by its 418.</summary>
    public static RequestDelegate InTurn(params RequestDelegate[] answers)
    {
        int next = -1;
        return context => Interlocked.Increment(ref next) is int turn && turn < answers.Length
            ? answers[turn](context)
            : WriteAsync(context, "no answer is left in the script", 418, "text/plain");
    }

    public static RequestDelegate PutOff(int code, string retryAfter) => context =>
    {
        context.Response.Headers.RetryAfter = retryAfter;
        return WriteAsync(context, Status(code, "TooManyRequests", "later"), code);
    };

    /// <summary>A stream: each part is flushed by itself; <paramref name="hold"/> keeps it open.</summary>
    public static RequestDelegate Stream(IEnumerable<byte[]> parts, bool hold = false) => async context =>
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = Json;
            await context.Response.StartAsync(context.RequestAborted);
        }

        foreach (byte[] part in parts)
        {
            await context.Response.Body.WriteAsync(part, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }

        if (hold)
        {
            await SilenceAsync(context);
        }
    };

    public static RequestDelegate Stream(string text, bool hold = false) => Stream([Encoding.UTF8.GetBytes(text)], hold);

    /// <summary>Says nothing until the client gives up.</summary>
    public static async Task SilenceAsync(HttpContext context)
    {
        TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = context.RequestAborted.Register(() => gone.TrySetResult());
        await gone.Task;
    }

    private static Task WriteAsync(HttpContext context, string body, int code, string contentType = Json)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(body, context.RequestAborted);
    }
}
