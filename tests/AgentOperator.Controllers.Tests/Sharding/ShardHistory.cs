using AgentOperator.Controllers.Sharding;

namespace AgentOperator.Controllers.Tests.Sharding;

/// <summary>Some replicas, an API server, and what happens to them. After each event no slot may have two who may write.</summary>
internal sealed class ShardHistory
{
    private const int MostNodes = 7;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly MemoryShards _server = new();
    private readonly List<ShardNode> _nodes = [];

    public IReadOnlyList<ShardNode> Alive => [.. _nodes.Where(static node => !node.HasEnded)];

    private List<ShardRequest> Requests => [.. _nodes.SelectMany(static node => node.Requests).Where(static request => !request.IsOver)];

    public void Do(ShardStep step)
    {
        switch (step)
        {
            case ShardStep.Join join when Alive.Count < MostNodes:
                _nodes.Add(new ShardNode(_server, $"n{_nodes.Count:00}", 1 + (join.Rate / 100.0)));
                _nodes[^1].Tick();
                break;
            case ShardStep.Tick tick:
                On(tick.Node, static node => node.Tick());
                break;
            case ShardStep.Leave leave:
                On(leave.Node, static node => node.Leave());
                break;
            case ShardStep.Crash crash:
                On(crash.Node, static node => node.Crash());
                break;
            case ShardStep.Begin begin:
                On(begin.Node, node => node.Begin(begin.Slot));
                break;
            case ShardStep.EndWork end:
                On(end.Node, static node => node.EndWork());
                break;
            case ShardStep.Pass pass:
                Pass(TimeSpan.FromMilliseconds(pass.Milliseconds));
                break;
            case ShardStep.Answer answer:
                OnRequest(answer.Which, static request => request.Answer());
                break;
            case ShardStep.Apply apply:
                OnRequest(apply.Which, static request => request.Apply());
                break;
            case ShardStep.GiveUp giveUp:
                OnRequest(giveUp.Which, static request => request.GiveUp());
                break;
            case ShardStep.Calm calm:
                BeCalm(calm.Seconds, endWork: false);
                break;
            case ShardStep.DeleteMap:
                _server.DeleteMap();
                break;
            case ShardStep.DeleteMember member:
                On(member.Node, node => _server.Delete(node.Identity));
                break;
        }

        Check();
    }

    /// <summary>Everybody is well for so long.</summary>
    public void BeCalm(int seconds, bool endWork)
    {
        for (int i = 0; i < seconds; i++)
        {
            Pass(Second);
            foreach (ShardNode node in Alive)
            {
                if (endWork)
                {
                    node.EndWork();
                }

                node.Tick();
                Check();
                while (Requests.FirstOrDefault() is { } request)
                {
                    request.Answer();
                    Check();
                }

                node.See();
            }
        }
    }

    public int OwnersOf(int slot) => _nodes.Count(node => !node.HasEnded && node.Claims.MayWrite(slot));

    private void Check()
    {
        for (int slot = 0; slot < Slots.Count; slot++)
        {
            if (OwnersOf(slot) > 1)
            {
                throw new InvalidOperationException($"Slot {slot} may be written by {string.Join(", ", _nodes.Where(node => !node.HasEnded && node.Claims.MayWrite(slot)).Select(static node => node.Identity))}; {string.Join(", ", Requests.Select(static request => request.Text))}");
            }
        }
    }

    private void Pass(TimeSpan real)
    {
        foreach (ShardNode node in _nodes)
        {
            node.Clock.Pass(real);
        }
    }

    private void On(int which, Action<ShardNode> act)
    {
        if (Alive is { Count: > 0 } alive)
        {
            act(alive[which % alive.Count]);
        }
    }

    private void OnRequest(int which, Action<ShardRequest> act)
    {
        if (Requests is { Count: > 0 } requests)
        {
            act(requests[which % requests.Count]);
        }
    }
}
