using AgentOperator.Api.Agents;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Agents.Building;

/// <summary>Variables whose values are in Secrets: the kubelet reads them, nobody else.</summary>
internal static class Secrets
{
    public static EnvVar Variable(string name, ObjectKeySelector key) =>
        new() { Name = name, ValueFrom = new EnvVarSource { SecretKeyRef = new SecretKeySelector { Name = key.Name, Key = key.Key } } };
}
