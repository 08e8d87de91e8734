namespace AgentOperator.Kube;

/// <summary>How a client deals with the server.</summary>
public sealed record KubeClientOptions
{
    /// <summary>What the server does about fields that do not exist in what is written: <c>Strict</c> refuses, <c>Warn</c> warns, <c>Ignore</c> drops. Null leaves it to the server: <c>Warn</c>.</summary>
    public string? FieldValidation { get; init; }

    /// <summary>Asked before each write; a false one is a <see cref="WriteFencedException"/>. Null: always.</summary>
    public Func<bool>? MayWrite { get; init; }

    /// <summary>What the client calls itself; its part before the slash is the field manager of writes that name none.</summary>
    public string UserAgent { get; init; } = "agent-operator/0.1";

    /// <summary>Gets each different warning of the server once, and one about a server that is not verified. Null: nobody.</summary>
    public Action<string>? OnWarning { get; init; }
}
