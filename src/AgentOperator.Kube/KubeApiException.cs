using System.Net;
using AgentOperator.Kube.Models;

namespace AgentOperator.Kube;

/// <summary>The API server refused a request; <see cref="Status"/> says why in its own words.</summary>
public sealed class KubeApiException : Exception
{
    public KubeApiException()
        : this(new Status())
    {
    }

    public KubeApiException(string message)
        : this(new Status { Message = message })
    {
    }

    public KubeApiException(string message, Exception innerException)
        : base(message, innerException) => Status = new Status { Message = message };

    public KubeApiException(Status status)
        : base(status.Message ?? $"The API server answered {status.Code} {status.Reason}.") => Status = status;

    /// <summary>The server's answer.</summary>
    public Status Status { get; }

    /// <summary>HTTP status code; 0 when the failure came as an event of a watch without a code.</summary>
    public HttpStatusCode Code => (HttpStatusCode)(Status.Code ?? 0);

    /// <summary>404.</summary>
    public bool IsNotFound => Code == HttpStatusCode.NotFound;

    /// <summary>409 because the name is taken.</summary>
    public bool IsAlreadyExists => Code == HttpStatusCode.Conflict && Status.Reason == "AlreadyExists";

    /// <summary>409 because the object has moved on since it was read.</summary>
    public bool IsConflict => Code == HttpStatusCode.Conflict && Status.Reason != "AlreadyExists";

    /// <summary>410: the resource version is older than what the server still knows.</summary>
    public bool IsExpired => Code == HttpStatusCode.Gone || Status.Reason is "Expired" or "Gone";

    /// <summary>422: the object is wrong; sending it again cannot help.</summary>
    public bool IsInvalid => Code == HttpStatusCode.UnprocessableEntity || Code == HttpStatusCode.BadRequest;

    /// <summary>The object is larger than the server or its store takes: 413, or etcd's own words in a 500.</summary>
    public bool IsTooLarge => Code == HttpStatusCode.RequestEntityTooLarge || Status.Message?.Contains("request is too large", StringComparison.Ordinal) == true;

    /// <summary>403: forbidden by RBAC, by an admission policy, by a quota, or because the namespace is going away.</summary>
    public bool IsForbidden => Code == HttpStatusCode.Forbidden;

    /// <summary>True when the namespace is being deleted, so that nothing can be created in it.</summary>
    public bool IsNamespaceTerminating => IsForbidden && Status.Details?.Causes?.Any(static cause => cause.Reason == "NamespaceTerminating") == true;

    /// <summary>True when the server has not caught up with a resource version it was asked for.</summary>
    public bool IsResourceVersionTooLarge => Status.Details?.Causes?.Any(static cause => cause.Reason == "ResourceVersionTooLarge") == true;
}
