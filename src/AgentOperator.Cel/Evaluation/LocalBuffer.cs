using System.Runtime.CompilerServices;

namespace AgentOperator.Cel.Evaluation;

/// <summary>Macros' variables on the stack.</summary>
[InlineArray(Length)]
internal struct LocalBuffer
{
    public const int Length = 4;

    private CelValue _first;
}
