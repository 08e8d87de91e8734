using System.Globalization;
using System.Text;
using System.Text.Json;
using AgentOperator.Api.Runtime;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Items.Keeping;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Items;

/// <summary>What the items of an Indexed Job are given, as ConfigMaps that are there before the Job is: the key is the Job's index.</summary>
internal static class ItemInputs
{
    /// <summary>Component of these ConfigMaps.</summary>
    public const string Component = "item-inputs";

    /// <summary>Bytes of all of them: every pod of the Job gets them as files.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    private const int MaxPartBytes = 960 * 1024;

    /// <exception cref="TemplateException">An item, or all of them, are too large.</exception>
    public static IReadOnlyList<ConfigMap> Of(Workflow workflow, WorkflowStatus status, AttemptStart start, IReadOnlyList<StepItem> items)
    {
        List<Dictionary<string, string>> parts = [];
        int bytes = 0;
        long all = 0;
        for (int i = 0; i < items.Count; i++)
        {
            string text = JsonSerializer.Serialize(items[i], RuntimeJsonContext.Default.StepItem);
            int size = Encoding.UTF8.GetByteCount(text) + 5;
            bytes += size;
            all += size;
            if (size > MaxPartBytes || all > MaxBytes)
            {
                throw new TemplateException(size > MaxPartBytes
                    ? $"what item {items[i].Index} is given has {size} bytes, more than {MaxPartBytes}: pass a reference to where the value is"
                    : $"what the items are given has more than {MaxBytes} bytes: pass references to where the values are");
            }

            if (parts.Count == 0 || bytes > MaxPartBytes)
            {
                parts.Add(new Dictionary<string, string>(StringComparer.Ordinal));
                bytes = size;
            }

            parts[^1].Add(i.ToString(CultureInfo.InvariantCulture), text);
        }

        return
        [
            .. parts.Select((data, number) => new ConfigMap
            {
                Metadata = ResultLogTarget.Metadata(workflow, status.Run!.Value, start.Step.Name, ItemNames.InputsPart(start.Job, number), Component),
                Immutable = true,
                Data = data,
            }),
        ];
    }
}
