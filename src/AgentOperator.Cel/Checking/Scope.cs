namespace AgentOperator.Cel.Checking;

/// <summary>The variables that macros declare, innermost last.</summary>
internal sealed class Scope<T>
{
    private readonly List<(string Name, T Value)> _variables = [];

    public void Push(string name, T value) => _variables.Add((name, value));

    public void Pop(int count = 1) => _variables.RemoveRange(_variables.Count - count, count);

    public bool Has(string name) => TryGet(name, out _);

    public bool TryGet(string name, out T value)
    {
        int index = _variables.FindLastIndex(variable => variable.Name == name);
        value = index < 0 ? default! : _variables[index].Value;
        return index >= 0;
    }
}
