using System.Text.Json;
using AgentOperator.Agents.Dapr;
using AgentOperator.Agents.Observing;
using AgentOperator.Agents.Resolving;
using AgentOperator.Agents.Usage;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Prices;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Agents.Deciding;

/// <summary>Conditions that do not keep an agent from running.</summary>
internal static class AgentRemarks
{
    private const int DefaultAnswerTokens = 4096;

    /// <param name="agent">The agent.</param>
    /// <param name="seen">What there is.</param>
    /// <param name="resolved">What the pods get.</param>
    /// <param name="live">The reports of pods that there are.</param>
    public static IEnumerable<ConditionState> Of(Agent agent, AgentObservation seen, ResolvedAgent resolved, IReadOnlyList<StoredReport> live)
    {
        AgentSpec spec = agent.Spec;
        if (spec.Models is { Count: > 0 } models)
        {
            yield return ModelReach.Of(models.Count, live);
            if (Unpriced(models, seen.Prices) is { } unpriced)
            {
                yield return unpriced;
            }
        }

        if (spec.BudgetRef is { } budget)
        {
            yield return new(AgentConditionTypes.BudgetEnforced, ConditionStatus.False, "NotYetAvailable", $"this version has no kind Budget: nothing holds the agent to {budget.Name}");
        }

        if (spec.Scaling?.Target?.InFlight is not null && !seen.HasCustomMetrics)
        {
            yield return new(AgentConditionTypes.ScalingMetric, ConditionStatus.False, "NoCustomMetrics", "custom.metrics.k8s.io is not served: 80 % of the CPU request is the target; install an adapter such as prometheus-adapter for inFlight");
        }

        if (spec.Memory is not null && !(resolved.HasDapr && DaprChoice.StateStoreOf(spec) is not null) && Math.Max(spec.Replicas ?? 1, spec.Scaling?.Max ?? 1) is int most)
        {
            yield return new(AgentConditionTypes.MemoryShared, ConditionStatus.False, "InProcess", $"a conversation is remembered by the pod that had it, until that ends{(most > 1 ? $"; with up to {most} pods the next call may reach another" : "")}: set dapr.stateStore for a shared memory");
        }

        if (Oversized(spec, resolved) is { } oversized)
        {
            yield return oversized;
        }
    }

    private static ConditionState? Unpriced(IReadOnlyList<AgentModel> models, JsonElement? prices)
    {
        PriceCatalogue? catalogue = CatalogueOf(prices);
        string[] unpriced = [.. models.Where(model => model.Provider != ModelProviders.Scripted && catalogue?.Find(model.Provider, model.Name) is null).Select(static model => $"{model.Provider}/{model.Name}").Distinct(StringComparer.Ordinal)];
        return unpriced is []
            ? null
            : new(AgentConditionTypes.PriceKnown, ConditionStatus.False, catalogue is null ? "NoCatalogue" : "ModelNotInCatalogue", $"calls of {string.Join(", ", unpriced)} are in no cost: {(catalogue is null ? "the operator has no price catalogue (--price-catalogue)" : "add them to the price catalogue")}");
    }

    private static PriceCatalogue? CatalogueOf(JsonElement? prices)
    {
        try
        {
            return prices is { } json ? PriceCatalogue.Parse(json.GetRawText()) : null;
        }
        catch (PriceCatalogueException)
        {
            return null;
        }
    }

    private static ConditionState? Oversized(AgentSpec spec, ResolvedAgent resolved)
    {
        long prompt = resolved.Config.Prompt is { } given ? PromptTokens.Estimate(given.Content) : 0;
        AgentModel? small = spec.Models?.FirstOrDefault(model => model.ContextWindow is { } window && prompt + (model.MaxTokens ?? DefaultAnswerTokens) > window);
        return small is null
            ? null
            : new(AgentConditionTypes.PromptFits, ConditionStatus.False, "TooManyTokens", $"the prompt has about {prompt} tokens and an answer up to {small.MaxTokens ?? DefaultAnswerTokens}: more than the {small.ContextWindow} of {small.Name}");
    }
}
