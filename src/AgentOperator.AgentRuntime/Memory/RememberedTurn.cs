namespace AgentOperator.AgentRuntime.Memory;

/// <summary>One message of a conversation.</summary>
/// <param name="Role">user or assistant.</param>
/// <param name="Text">As the model saw it.</param>
internal sealed record RememberedTurn(string Role, string Text);
