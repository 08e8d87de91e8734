namespace AgentOperator.Cli.Output;

/// <summary>What a piece of text is about; a terminal with colours shows it.</summary>
internal enum Tone
{
    Plain,
    Strong,
    Dim,
    Good,
    Bad,
    Busy,
    Held,
}
