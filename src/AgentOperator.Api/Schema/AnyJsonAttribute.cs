namespace AgentOperator.Api.Schema;

/// <summary>Any JSON is kept (<c>x-kubernetes-preserve-unknown-fields</c>); the operator checks it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AnyJsonAttribute : Attribute;
