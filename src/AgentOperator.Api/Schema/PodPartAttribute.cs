namespace AgentOperator.Api.Schema;

/// <summary>A part of a pod as Kubernetes defines it: its schema says object, or list of objects, and the operator checks the rest. Goes with <see cref="AnyJsonAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PodPartAttribute : Attribute;
