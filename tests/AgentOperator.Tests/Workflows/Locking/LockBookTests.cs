using AgentOperator.Api;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Coordination;
using AgentOperator.Workflows.Locking;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentOperator.Tests.Workflows.Locking;

public sealed class LockBookTests
{
    private static readonly LockId Id = new("n", LockId.Mutex, "database");

    private readonly ObjectStore<Lease> _leases = new();
    private readonly LockBook _book;

    public LockBookTests() => _book = new LockBook(_leases, NullLogger<LockBook>.Instance);

    /// <summary>Whoever may edit Leases in one namespace must not stop the Workflows of all.</summary>
    [Theory]
    [InlineData("""{"kind":"mutex","name":"database","holders":null,"waiters":[]}""")]
    [InlineData("""{"kind":"mutex","name":"database","holders":[],"waiters":[null]}""")]
    [InlineData("""{"kind":"mutex","name":"database"}""")]
    [InlineData("""{"kind":null,"name":"database","holders":[],"waiters":[]}""")]
    [InlineData("""{"kind":"mutex","name":"database","holders":[{"holder":null,"namespace":"n","workflow":"w","priority":0}],"waiters":[]}""")]
    [InlineData("nonsense")]
    public void A_lease_that_somebody_made_unreadable_says_so_to_its_waiters_and_bothers_nobody_else(string text)
    {
        Show(text, "1");

        _book.Of(new ObjectKey("other", "w")).ShouldBeEmpty();
        LockAnswer answer = _book.Look("n", new LockRequest("u/1/a/1", "database", null, 0));
        answer.IsHeld.ShouldBeFalse();
        answer.Message!.ShouldContain($"of the Lease n/{Id.LeaseName} cannot be read");
        answer.Message!.ShouldContain("delete the Lease");
    }

    [Fact]
    public void A_lease_that_can_be_read_again_is_a_lock_again()
    {
        Show("nonsense", "1");
        _book.ProblemOf(Id).ShouldNotBeNull();

        Show("""{"kind":"mutex","name":"database","holders":[{"holder":"u/1/a/1","namespace":"n","workflow":"w","priority":0}],"waiters":[]}""", "2");

        _book.ProblemOf(Id).ShouldBeNull();
        _book.Look("n", new LockRequest("u/1/a/1", "database", null, 0)).IsHeld.ShouldBeTrue();
        _book.Of(new ObjectKey("n", "w")).ShouldBe([Id]);
    }

    private void Show(string text, string version) => _leases.Set(
        new Lease { Metadata = new ObjectMeta { Name = Id.LeaseName, Namespace = "n", ResourceVersion = version, Annotations = new Dictionary<string, string> { [Labels.LockHolders] = text } } },
        version);
}
