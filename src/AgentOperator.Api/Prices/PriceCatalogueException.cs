namespace AgentOperator.Api.Prices;

/// <summary>A catalogue that cannot be used, with all its problems.</summary>
public sealed class PriceCatalogueException(IReadOnlyList<string> problems) : Exception("The price catalogue cannot be used: " + string.Join("; ", problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
