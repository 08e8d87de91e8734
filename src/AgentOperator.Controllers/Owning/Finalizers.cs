using System.Net;
using System.Text.Json;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Patching;

namespace AgentOperator.Controllers.Owning;

/// <summary>Adds and removes one finalizer, by JSON Patches that fail when the list is not as it was read: nobody else's finalizer is ever lost.
/// A finalizer must be stored before the first thing is done that it stands for.</summary>
public static class Finalizers
{
    /// <summary>How often a list that somebody else changed meanwhile is read again.</summary>
    public const int Tries = 5;

    /// <summary>The object with the finalizer stored; null when it is too late: it is gone, another one, or being deleted, and only cleaning up is left.</summary>
    public static Task<T?> EnsureAsync<T>(ResourceClient<T> client, T instance, string finalizer, CancellationToken cancellation)
        where T : class, IKubernetesObject<T> =>
        ChangeAsync(
            client,
            instance,
            current => current.IsTerminating() ? (true, null) : current.Metadata.Finalizers?.Contains(finalizer) == true ? (true, current) : (false, null),
            current => Addition(current, finalizer),
            cancellation);

    /// <summary>Removes the finalizer once everything is cleaned up; null when the object is gone.</summary>
    public static Task<T?> RemoveAsync<T>(ResourceClient<T> client, T instance, string finalizer, CancellationToken cancellation)
        where T : class, IKubernetesObject<T> =>
        ChangeAsync(
            client,
            instance,
            current => current.Metadata.Finalizers?.Contains(finalizer) == true ? (false, null) : (true, current),
            current => Removal(current, finalizer),
            cancellation);

    private static async Task<T?> ChangeAsync<T>(ResourceClient<T> client, T instance, Func<T, (bool IsSettled, T? Result)> settle, Func<T, Patch> patch, CancellationToken cancellation)
        where T : class, IKubernetesObject<T>
    {
        T current = instance;
        for (int attempt = 1; ; attempt++)
        {
            if (settle(current) is { IsSettled: true } settled)
            {
                return settled.Result;
            }

            try
            {
                return await client.PatchAsync(current.Metadata.Name!, patch(current), cancellation);
            }
            catch (KubeApiException error) when (error.IsNotFound)
            {
                return null;
            }
            catch (KubeApiException error) when ((error.IsConflict || error.Code == HttpStatusCode.UnprocessableEntity) && attempt < Tries)
            {
                // From the server, not from a cache: that is what was wrong.
                if (await client.FindAsync(current.Metadata.Name!, cancellation) is not { } live || live.Metadata.Uid != instance.Metadata.Uid)
                {
                    return null;
                }

                current = live;
            }
        }
    }

    private static Patch Addition<T>(T current, string finalizer)
        where T : class, IKubernetesObject<T> =>
        current.Metadata.Finalizers is { Count: > 0 }
            ? JsonPatch(current, writer => Operation(writer, "add", "/metadata/finalizers/-", value => value.WriteStringValue(finalizer)))
            : JsonPatch(current, writer =>
            {
                Operation(writer, "test", "/metadata/finalizers", static value => value.WriteNullValue());
                Operation(writer, "add", "/metadata/finalizers", value =>
                {
                    value.WriteStartArray();
                    value.WriteStringValue(finalizer);
                    value.WriteEndArray();
                });
            });

    private static Patch Removal<T>(T current, string finalizer)
        where T : class, IKubernetesObject<T>
    {
        string path = $"/metadata/finalizers/{current.Metadata.Finalizers!.TakeWhile(name => name != finalizer).Count()}";
        return JsonPatch(current, writer =>
        {
            Operation(writer, "test", path, value => value.WriteStringValue(finalizer));
            Operation(writer, "remove", path, null);
        });
    }

    /// <summary>A patch that holds for this very object, not for another one under its name.</summary>
    private static Patch JsonPatch<T>(T current, Action<Utf8JsonWriter> operations)
        where T : class, IKubernetesObject<T>
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartArray();
            Operation(writer, "test", "/metadata/uid", value => value.WriteStringValue(current.Metadata.Uid));
            operations(writer);
            writer.WriteEndArray();
        }

        return Patch.Json(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static void Operation(Utf8JsonWriter writer, string operation, string path, Action<Utf8JsonWriter>? value)
    {
        writer.WriteStartObject();
        writer.WriteString("op", operation);
        writer.WriteString("path", path);
        if (value is not null)
        {
            writer.WritePropertyName("value");
            value(writer);
        }

        writer.WriteEndObject();
    }
}
