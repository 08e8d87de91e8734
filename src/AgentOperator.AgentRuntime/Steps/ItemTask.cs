using System.Globalization;
using AgentOperator.AgentRuntime.Hosting;
using AgentOperator.Api.Runtime;

namespace AgentOperator.AgentRuntime.Steps;

/// <summary>The task of one item: the pod's index in its Job says which file has the input.</summary>
internal static class ItemTask
{
    /// <summary>The task with the item's own input; as it is for a step without items.</summary>
    public static StepTask? Of(StepTask? task, Func<string, string?> environment, List<string> problems)
    {
        if (task?.Items is not { } folder)
        {
            return task;
        }

        string? index = environment(RuntimeFiles.IndexVariable);
        if (!int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            problems.Add($"{RuntimeFiles.IndexVariable} is {(index is null ? "not set" : "no number")}: a task with items runs in an Indexed Job");
            return task;
        }

        string file = Path.Combine(folder, number.ToString(CultureInfo.InvariantCulture));
        return ConfigFiles.Read(file, RuntimeJsonContext.Default.StepItem, problems) is { } item ? task with { Input = item.Input, ContextId = item.ContextId } : task;
    }
}
