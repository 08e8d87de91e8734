namespace AgentOperator.Tooling;

/// <summary>Signals of Linux by number (signal(7), x86 and ARM).</summary>
public enum Signal
{
    None = 0,
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}
