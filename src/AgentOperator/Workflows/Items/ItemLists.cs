using System.Collections.Concurrent;
using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Expressions;
using AgentOperator.Workflows.Jobs;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Items;

/// <summary>The lists of steps under way, evaluated again for what is built from them. A few are kept for a while: a digest never means anything else.</summary>
internal sealed class ItemLists
{
    private const int MaxKept = 8;

    private readonly ConcurrentDictionary<string, ItemList> _kept = new(StringComparer.Ordinal);

    /// <exception cref="TemplateException">The expression has no value.</exception>
    /// <exception cref="MissingMaterialException">It gives another list than when the step began.</exception>
    public ItemList Find(WorkflowStep step, ItemsStatus items, IValueScope scope)
    {
        if (_kept.TryGetValue(items.Digest, out ItemList? kept))
        {
            return kept;
        }

        JsonElement value = CelExpression.Parse(step.ForEach!.Items).Evaluate(scope);
        (ItemList? list, string? problem) = ItemList.Of(step, value);
        if (list?.Digest != items.Digest)
        {
            throw new MissingMaterialException(problem ?? "forEach.items gives another list than when the step began: a result that it names is gone or was changed");
        }

        if (_kept.Count >= MaxKept)
        {
            _kept.Clear();
        }

        return _kept[items.Digest] = list!;
    }
}
