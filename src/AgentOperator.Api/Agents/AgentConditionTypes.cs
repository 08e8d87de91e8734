namespace AgentOperator.Api.Agents;

/// <summary>Condition types of an Agent beside those that kstatus reads.</summary>
public static class AgentConditionTypes
{
    /// <summary>False: something that the spec names is not there; the pods stay as they are until it is.</summary>
    public const string ResolvedRefs = "ResolvedRefs";

    /// <summary>What the pods say of their models; Unknown until one was asked.</summary>
    public const string ModelReachable = "ModelReachable";

    /// <summary>Only with Dapr: whether every pod has its sidecar.</summary>
    public const string SidecarInjected = "SidecarInjected";

    /// <summary>Only when True: pods run another sidecar than Dapr's injector gives new ones.</summary>
    public const string SidecarOutdated = "SidecarOutdated";

    /// <summary>Only when False: a sidecar is not ready.</summary>
    public const string SidecarReady = "SidecarReady";

    /// <summary>Only with Dapr components, once a sidecar could be asked: whether it has loaded them.</summary>
    public const string ComponentsLoaded = "ComponentsLoaded";

    /// <summary>Only when False: Dapr is not there, or no longer.</summary>
    public const string DaprAvailable = "DaprAvailable";

    /// <summary>Only when False: models of the agent have no price, and their calls no cost.</summary>
    public const string PriceKnown = "PriceKnown";

    /// <summary>Only with budgetRef.</summary>
    public const string BudgetEnforced = "BudgetEnforced";

    /// <summary>Only when False: the wanted metric is not there, and CPU is used.</summary>
    public const string ScalingMetric = "ScalingMetric";

    /// <summary>Only when False: each pod has a memory of its own.</summary>
    public const string MemoryShared = "MemoryShared";

    /// <summary>Only when False: the prompt and the answer do not fit into a model's window.</summary>
    public const string PromptFits = "PromptFits";
}
