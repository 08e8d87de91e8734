using System.Reflection;
using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Rules;

/// <summary>No default values: one that a newer version adds would change what an unchanged spec says, and with it the digest.</summary>
internal sealed class NoDefaultRule : ISchemaRule
{
    public IEnumerable<string> Check(SchemaNode node)
    {
        if (node.Source?.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, []) is not { } constructor)
        {
            return [];
        }

        object empty = constructor.Invoke(null);
        return node.Properties.Where(property => !IsUnset(property.Source.GetValue(empty)))
            .Select(property =>
                $"property \"{property.Name}\" has a default value: make it nullable, and decide where it is read what absence means");
    }

    private static bool IsUnset(object? value) =>
        value is null || (value.GetType().IsValueType && value.Equals(Activator.CreateInstance(value.GetType())));
}
