using System.Text.RegularExpressions;

namespace AgentOperator.Cel.Library;

/// <summary>A pattern that is ready to match.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Regex">What matches.</param>
/// <param name="Size">How many characters it has when its repetitions are written out.</param>
internal sealed record CompiledPattern(string Text, Regex Regex, long Size)
{
    /// <summary>How many parts of a pattern are met for the cost of a character.</summary>
    public const int PartsPerCost = 16;

    /// <summary>Counts the reading of a text: each character may meet every part of the pattern.</summary>
    public void Charge(long textLength, ref CelContext context) => context.ChargeText(textLength * (1 + (Size / PartsPerCost)));
}
