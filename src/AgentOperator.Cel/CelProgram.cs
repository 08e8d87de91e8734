using AgentOperator.Cel.Evaluation;
using AgentOperator.Cel.Syntax;

namespace AgentOperator.Cel;

/// <summary>A compiled expression; immutable, to be evaluated on any thread.</summary>
public sealed class CelProgram
{
    private readonly SourceText _source;
    private readonly Node _root;
    private readonly int _locals;

    internal CelProgram(SourceText source, Node root, int locals, CelType resultType, IReadOnlyList<IReadOnlyList<string>> paths)
    {
        _source = source;
        _root = root;
        _locals = locals;
        ResultType = resultType;
        Paths = paths;
    }

    /// <summary>The text.</summary>
    public string Text => _source.Text;

    /// <summary>The type of what it gives.</summary>
    public CelType ResultType { get; }

    /// <summary>What it reads of its variables: each chain of fields and constant keys, as long as it goes, once.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Paths { get; }

    /// <summary>Evaluates. The result is no error; it is <see cref="CelKind.Unknown"/> only where the activation gave such values.</summary>
    /// <exception cref="CelEvaluationException">It ended in an error, or at a limit.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public CelValue Evaluate(ICelActivation activation, CelLimits? limits = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        LocalBuffer buffer = default;
        Span<CelValue> locals = _locals <= LocalBuffer.Length ? buffer : new CelValue[_locals];
        CelContext context = new(activation, locals, limits ?? CelLimits.Default, cancellation);
        try
        {
            CelValue result = _root.Evaluate(ref context);
            if (result.Kind is CelKind.Error)
            {
                throw Failure(result.Text, (int)Math.Max(result.Bits, 0));
            }

            context.Offset = 0;
            ResultSize.Check(result, ref context);
            return result;
        }
        catch (LimitException e)
        {
            throw Failure(e.Message, context.Offset);
        }
    }

    private CelEvaluationException Failure(string message, int offset)
    {
        (int line, int column) = _source.Locate(offset);
        return new CelEvaluationException(message, line, column);
    }
}
