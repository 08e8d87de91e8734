using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Items;

/// <summary>When a forEach has succeeded or failed as a whole.</summary>
internal sealed record ItemsPolicy
{
    public required int Total { get; init; }

    /// <summary>Items that may fail for good.</summary>
    public required int Budget { get; init; }

    /// <summary>Items that must succeed, after which the rest is stopped; null: all are tried.</summary>
    public int? Enough { get; init; }

    /// <summary>Most items under way at once.</summary>
    public required int Parallelism { get; init; }

    /// <summary>Who asks for k of n lets the others fail, unless maxFailed says less.</summary>
    public static ItemsPolicy Of(ForEach forEach, int total) => new()
    {
        Total = total,
        Budget = forEach.MaxFailed ?? (forEach.Enough is { } enough ? Math.Max(0, total - enough) : 0),
        Enough = forEach.Enough,
        Parallelism = forEach.Parallelism ?? total,
    };

    public ItemsVerdict Judge(int succeeded, int failed) =>
        succeeded >= Enough ? ItemsVerdict.Succeeded
        : failed > Budget || Total - failed < Enough ? ItemsVerdict.Failed
        : succeeded + failed == Total ? ItemsVerdict.Succeeded
        : ItemsVerdict.Open;
}
