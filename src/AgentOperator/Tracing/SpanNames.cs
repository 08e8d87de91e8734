namespace AgentOperator.Tracing;

/// <summary>Names of spans and attributes: OpenTelemetry's GenAI conventions (in development), ours where they have none.</summary>
internal static class SpanNames
{
    public const string OperationName = "gen_ai.operation.name";
    public const string InvokeWorkflow = "invoke_workflow";
    public const string WorkflowName = "gen_ai.workflow.name";
    public const string AgentName = "gen_ai.agent.name";
    public const string InputTokens = "gen_ai.usage.input_tokens";
    public const string OutputTokens = "gen_ai.usage.output_tokens";
    public const string ErrorType = "error.type";
    public const string Namespace = "k8s.namespace.name";
    public const string JobName = "k8s.job.name";

    public const string WorkflowUid = "agentoperator.workflow.uid";
    public const string Run = "agentoperator.run";
    public const string Step = "agentoperator.step.name";
    public const string Phase = "agentoperator.phase";
    public const string Attempts = "agentoperator.attempts";
    public const string CostMicros = "agentoperator.cost.amount_micros";
    public const string CostCurrency = "agentoperator.cost.currency";
}
