using System.Globalization;

namespace AgentOperator.Cel;

/// <summary>The evaluation ended in an error, or at a limit.</summary>
public sealed class CelEvaluationException : Exception
{
    /// <summary>Creates it.</summary>
    public CelEvaluationException(string message, int line, int column)
        : base(string.Create(CultureInfo.InvariantCulture, $"{line}:{column}: {message}"))
    {
        Reason = message;
        Line = line;
        Column = column;
    }

    /// <summary>The message without the position.</summary>
    public string Reason { get; }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }

    /// <summary>The character in the line, from 1.</summary>
    public int Column { get; }
}
