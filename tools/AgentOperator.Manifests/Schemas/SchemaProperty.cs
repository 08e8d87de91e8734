using System.Reflection;

namespace AgentOperator.Manifests.Schemas;

/// <summary>A property of an object under its JSON name.</summary>
internal sealed record SchemaProperty(string Name, PropertyInfo Source, bool Required, SchemaNode Schema);
