using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Tests.Fixtures;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Testing;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using Replay = AgentOperator.Controllers.Tests.Fixtures.Replay;

namespace AgentOperator.Controllers.Tests.Caching;

public sealed class ReflectorPropertyTests
{
    private static readonly Gen<string> Name = Gen.Elements("a", "b", "c");

    private static readonly Gen<bool> Readable = Gen.Frequency((5, Gen.Constant(true)), (1, Gen.Constant(false)));

    private static readonly Gen<ServerStep> Step = Gen.Frequency(
        (8, Name.SelectMany(static _ => Readable, static (name, readable) => (ServerStep)new ServerStep.Write(name, readable))),
        (3, Name.Select(static name => (ServerStep)new ServerStep.Delete(name))),
        (2, Name.SelectMany(static _ => Readable, static (name, readable) => (ServerStep)new ServerStep.Recreate(name, readable))),
        (1, Gen.Constant<ServerStep>(new ServerStep.Bookmark())),
        (4, Gen.Elements(Enum.GetValues<WatchEnd>()).SelectMany(static _ => Gen.Choose(0, 4), static (end, lost) => (end, lost))
            .SelectMany(static _ => Gen.Elements(0, 0, 1, 3), static (cut, repeated) => (ServerStep)new ServerStep.Cut(cut.end, cut.lost, repeated))));

    [Fact(Timeout = Limits.Hang)]
    public async Task After_every_history_the_store_is_the_server_and_the_notifications_say_the_same()
    {
        await Task.Yield();
        Prop.ForAll(Arb.From(Step.ArrayOf(), Shorter), static steps => RunAsync(steps).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(60));
    }

    private static IEnumerable<ServerStep[]> Shorter(ServerStep[] steps) => steps.Select((_, left) => steps.Where((_, index) => index != left).ToArray());

    private static async Task RunAsync(ServerStep[] steps)
    {
        GeneratedServer server = new(steps);
        ObjectStore<ConfigMap> store = new(static item => item.Metadata.Uid);
        Replay replay = new(store);
        Reflector<ConfigMap> reflector = new(server, store, new SkippingTimeProvider(), new LowRandom(), NullLogger<Reflector<ConfigMap>>.Instance);
        using CancellationTokenSource stop = new();

        Task run = reflector.RunAsync(stop.Token);
        await server.Delivered;
        await stop.CancelAsync();
        await run;

        replay.Faults.ShouldBeEmpty();
        replay.Items.Values.ShouldBe(store.All, ignoreOrder: true);
        foreach ((string name, (ConfigMap item, bool readable)) in server.Truth)
        {
            ConfigMap? stored = store.Find(Maps.Key(name));
            if (readable)
            {
                stored.ShouldBe(item);
            }

            // What cannot be read keeps an older state of the same object, if one was ever read.
            (stored is null || stored.Metadata.Uid == item.Metadata.Uid).ShouldBeTrue($"{name} is another object");
        }

        foreach (ConfigMap stored in store.All)
        {
            server.Truth.Keys.ShouldContain(stored.Metadata.Name);
            store.Indexed(stored.Metadata.Uid!).Values.ShouldHaveSingleItem().ShouldBeSameAs(stored);
        }
    }
}
