namespace AgentOperator.Api;

/// <summary>Labels and annotations on objects that the operator makes, or heeds.</summary>
public static class Labels
{
    public const string Workflow = ApiGroup.Name + "/workflow";
    public const string Run = ApiGroup.Name + "/run";
    public const string Step = ApiGroup.Name + "/step";
    public const string Attempt = ApiGroup.Name + "/attempt";

    /// <summary>Place of the item that a Job is about, from 0.</summary>
    public const string Item = ApiGroup.Name + "/item";

    /// <summary>Annotation: the key of one attempt, compared before a Job that exists already is adopted.</summary>
    public const string AttemptKey = ApiGroup.Name + "/attempt-key";

    /// <summary>Annotation on a step's pod: what our runtime is to do there.</summary>
    public const string Task = ApiGroup.Name + "/task";

    /// <summary>Annotation on a result: name and uid of the pod that brought it.</summary>
    public const string ReportedBy = ApiGroup.Name + "/reported-by";

    /// <summary>On a memoized result: digest of the work and what it was given.</summary>
    public const string Memo = ApiGroup.Name + "/memo";

    /// <summary>Annotation on a memoized result: which run gave it, until when it holds, and digests of its outputs.</summary>
    public const string MemoOf = ApiGroup.Name + "/memo-of";

    /// <summary>On a Workflow that another one made: the name of that.</summary>
    public const string Parent = ApiGroup.Name + "/parent";

    /// <summary>On what an event made: the trigger.</summary>
    public const string Trigger = ApiGroup.Name + "/trigger";

    /// <summary>Annotation on what an event made: its id.</summary>
    public const string Event = ApiGroup.Name + "/event";

    /// <summary>Annotation on an event that was decided on: what became of it.</summary>
    public const string Outcome = ApiGroup.Name + "/outcome";

    /// <summary>Annotation on a Workflow that another one made: how many are above it.</summary>
    public const string Depth = ApiGroup.Name + "/depth";

    /// <summary>Annotation on a Workflow that another one made: the definitions above it, nearest last, with commas between them.</summary>
    public const string Ancestry = ApiGroup.Name + "/ancestry";

    /// <summary>Annotation on a Dapr Component of the operator's namespace: namespaces whose Workflows may name it in a topic trigger, with commas between them; <c>*</c> for all.</summary>
    public const string TriggerNamespaces = ApiGroup.Name + "/trigger-namespaces";

    /// <summary>On a namespace: while it is <c>true</c>, no run starts there.</summary>
    public const string Hold = ApiGroup.Name + "/hold";

    /// <summary>On the Lease of a lock: <c>mutex</c>, <c>semaphore</c> or <c>room</c>.</summary>
    public const string Lock = ApiGroup.Name + "/lock";

    /// <summary>Annotation of the Lease of a lock: who holds it and who waits, as JSON.</summary>
    public const string LockHolders = ApiGroup.Name + "/lock-holders";

    /// <summary>Annotation on a Workflow that is a step: as whom those above it hold locks, with commas between them. On it and its pods, a label for each that begins with this.</summary>
    public const string Within = ApiGroup.Name + "/within";

    /// <summary>On all that belongs to an Agent: its name.</summary>
    public const string Agent = ApiGroup.Name + "/agent";

    /// <summary>On revisions of a PromptTemplate: its name.</summary>
    public const string Prompt = ApiGroup.Name + "/prompt";

    /// <summary>On the ConfigMap of an Agent's reports: <c>true</c>.</summary>
    public const string Reports = ApiGroup.Name + "/reports";

    /// <summary>Annotation of an Agent's pods: a change of it rolls them.</summary>
    public const string ConfigHash = ApiGroup.Name + "/config-hash";

    /// <summary>Annotation of an Agent's Deployment: an autoscaler sets its replicas.</summary>
    public const string Autoscaled = ApiGroup.Name + "/autoscaled";

    /// <summary>Annotation of a Workflow: who changed what it runs since a run of it has last succeeded, one user a line. Written by an admission policy and by nobody else.</summary>
    public const string Authors = ApiGroup.Name + "/authors";

    public const string ManagedBy = "app.kubernetes.io/managed-by";
    public const string ManagedByValue = "agent-operator";
    public const string PartOf = "app.kubernetes.io/part-of";
    public const string Component = "app.kubernetes.io/component";
    public const string AppName = "app.kubernetes.io/name";
    public const string Instance = "app.kubernetes.io/instance";
}
