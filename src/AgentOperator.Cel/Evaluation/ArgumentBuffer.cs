using System.Runtime.CompilerServices;

namespace AgentOperator.Cel.Evaluation;

/// <summary>Arguments on the stack.</summary>
[InlineArray(Length)]
internal struct ArgumentBuffer
{
    public const int Length = 4;

    private CelValue _first;
}
