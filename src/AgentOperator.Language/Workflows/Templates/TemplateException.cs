namespace AgentOperator.Workflows.Templates;

/// <summary>A text with <c>{{ }}</c> cannot be read; the message says where and what to do.</summary>
internal sealed class TemplateException(string message) : Exception(message);
