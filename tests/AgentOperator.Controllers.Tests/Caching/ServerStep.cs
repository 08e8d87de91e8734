namespace AgentOperator.Controllers.Tests.Caching;

/// <summary>What happens on a generated server while it is watched.</summary>
internal abstract record ServerStep
{
    /// <summary>Creates the object, or changes it when it is there.</summary>
    internal sealed record Write(string Name, bool Readable) : ServerStep;

    internal sealed record Delete(string Name) : ServerStep;

    /// <summary>Deletes the object and creates another one under its name.</summary>
    internal sealed record Recreate(string Name, bool Readable) : ServerStep;

    internal sealed record Bookmark : ServerStep;

    /// <summary>Ends the watch before its last <paramref name="Lost"/> events are delivered; the next one begins <paramref name="Repeated"/> events too early.</summary>
    internal sealed record Cut(WatchEnd End, int Lost, int Repeated) : ServerStep;
}
