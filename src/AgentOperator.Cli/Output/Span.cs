namespace AgentOperator.Cli.Output;

/// <summary>A piece of a line.</summary>
internal readonly record struct Span(string Text, Tone Tone = Tone.Plain)
{
    public static implicit operator Span(string text) => new(text);
}
