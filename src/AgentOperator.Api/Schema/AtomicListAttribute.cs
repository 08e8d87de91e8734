namespace AgentOperator.Api.Schema;

/// <summary>A list that one owner writes whole (<c>x-kubernetes-list-type: atomic</c>): no managedFields per item.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AtomicListAttribute : Attribute;
