namespace AgentOperator.AgentRuntime.Models.Scripted;

/// <summary>A script that cannot be used, with all its problems and their lines.</summary>
internal sealed class ScriptException(string file, IReadOnlyList<string> problems) : Exception($"{file} cannot be used:\n" + string.Join('\n', problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
