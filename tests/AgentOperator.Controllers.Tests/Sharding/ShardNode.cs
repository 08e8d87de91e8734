using AgentOperator.Controllers.LeaderElection;
using AgentOperator.Controllers.Sharding;
using AgentOperator.Controllers.Tests.Fixtures;
using AgentOperator.Kube.Models.Coordination;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentOperator.Controllers.Tests.Sharding;

/// <summary>One replica, whose rounds and requests the history moves on.</summary>
internal sealed class ShardNode : IShardStore
{
    public static readonly LeaderElectionOptions Times = new() { Identity = "" };

    private readonly MemoryShards _server;
    private readonly ShardElector _elector;
    private readonly List<ShardScope> _work = [];
    private Task _round = Task.CompletedTask;
    private bool _hasAsked;
    private bool _isLeaving;

    public ShardNode(MemoryShards server, string identity, double rate)
    {
        _server = server;
        Identity = identity;
        Clock = new DriftingClock(rate);
        Claims = new ShardClaims(Clock, Times.RenewDeadline);
        _elector = new ShardElector(this, Claims, Times with { Identity = identity }, Clock, new LowRandom(), NullLogger<ShardElector>.Instance);
    }

    public string Identity { get; }

    public DriftingClock Clock { get; }

    public ShardClaims Claims { get; }

    public List<ShardRequest> Requests { get; } = [];

    public bool HasJoined { get; private set; }

    /// <summary>Crashed, put out, or left.</summary>
    public bool HasEnded { get; private set; }

    public string Description => "the map";

    /// <summary>A round, when none is under way.</summary>
    public void Tick()
    {
        if (HasEnded || !_round.IsCompleted)
        {
            return;
        }

        See();
        if (!HasEnded)
        {
            _round = _isLeaving ? Task.CompletedTask : HasJoined ? _elector.TickAsync(CancellationToken.None) : JoinAsync();
            See();
        }
    }

    public void Leave()
    {
        if (!HasEnded && HasJoined && _round.IsCompleted && !_isLeaving)
        {
            EndWork();
            _isLeaving = true;
            _round = _elector.ReleaseAsync(CancellationToken.None);
        }
    }

    public void Crash()
    {
        HasEnded = true;
        EndWork();
        foreach (ShardRequest request in Requests)
        {
            request.GiveUp();
        }
    }

    public void Begin(int slot)
    {
        if (!HasEnded && !_isLeaving && Claims.TryEnter(slot) is { } scope)
        {
            _work.Add(scope);
        }
    }

    public void EndWork()
    {
        foreach (ShardScope scope in _work)
        {
            scope.Dispose();
        }

        _work.Clear();
    }

    /// <summary>Looks how the last round went.</summary>
    public void See()
    {
        if (!_round.IsCompleted)
        {
            return;
        }

        HasEnded |= _isLeaving || _round.Exception?.InnerException is LeaderLostException;
        HasJoined |= _hasAsked && _round.IsCompletedSuccessfully;
        if (_round.Exception?.InnerException is { } error and not (LeaderLostException or HttpRequestException or Kube.KubeApiException))
        {
            throw error;
        }
    }

    public Task<ShardView> ReadAsync(CancellationToken cancellation) => Send("read", _server.Read);

    public Task<Lease> JoinAsync(LeaseSpec spec, CancellationToken cancellation) => Send("join", () => _server.Join(spec));

    public Task<Lease> UpdateMemberAsync(Lease read, LeaseSpec spec, CancellationToken cancellation) => Send($"member {read.Metadata.Name}", () => _server.Update(read, spec, null));

    public Task RemoveMemberAsync(Lease read, CancellationToken cancellation) => Send("remove", () => _server.Remove(read));

    public Task<Lease> CreateMapAsync(ShardMap map, LeaseSpec spec, CancellationToken cancellation) => Send("create map", () => _server.CreateMap(map, spec));

    public Task<Lease> UpdateMapAsync(Lease read, ShardMap map, LeaseSpec spec, CancellationToken cancellation) => Send("map", () => _server.Update(read, spec, map));

    private Task JoinAsync()
    {
        _hasAsked = true;
        return _elector.JoinAsync(CancellationToken.None);
    }

    private Task<T> Send<T>(string text, Func<T> effect)
    {
        (ShardRequest request, Task<T> answer) = ShardRequest.Of($"{Identity} {text}", effect);
        Requests.Add(request);
        return answer;
    }
}
