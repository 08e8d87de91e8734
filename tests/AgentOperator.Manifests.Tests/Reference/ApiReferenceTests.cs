using AgentOperator.Api;
using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;
using AgentOperator.Manifests.Kinds;
using AgentOperator.Manifests.Reference;
using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Tests.Reference;

public sealed class ApiReferenceTests
{
    /// <summary>One part | of it.</summary>
    [CelRule("has(self.name)", "set <name>")]
    private sealed record Part
    {
        /// <summary>Its name.</summary>
        [Bounds(1, 9)]
        [Pattern("^(a|b)$", Message = "write a or b")]
        public required string Name { get; init; }

        /// <summary>How long.</summary>
        [CelRule("self != '0s'", "not 0s")]
        public Duration? Wait { get; init; }
    }

    private sealed record Spec([property: Bounds(1, 5), ListMap("name")] IReadOnlyList<Part>? Parts, Part? Again, [property: OneOf("A", "B")] string? Policy, [property: Bounds(0, long.MaxValue)] long? Count);

    [PrinterColumn("Count", "integer", ".spec.count", Description = "How many")]
    [PrinterColumn("Age", "date", ".metadata.creationTimestamp", Wide = true)]
    [ResourceNames("tg")]
    private sealed record Thing(Spec Spec);

    private static readonly string Page = ApiReference.Write([Fixture.Read<Thing>()]);

    [Theory]
    [InlineData("Served as `things.example.dev`, short `tg`.")]
    [InlineData("| `parts` | list of [Part](#part) |  | 1–5 items |  |")]
    [InlineData("| `again` | [Part](#part) |  |  | One part \\| of it. |")]
    [InlineData("| `policy` | string |  | `A`, `B` |  |")]
    [InlineData("| `count` | integer |  | at least 0 |  |")]
    [InlineData("| `name` | string | yes | 1–9 characters; `^(a\\|b)$` | Its name. |")]
    [InlineData("| `wait` | [Duration](#formats) |  |  | How long. |")]
    [InlineData("- set &lt;name> — `has(self.name)`\n")]
    [InlineData("- `name`: write a or b\n")]
    [InlineData("- `wait`: not 0s — `self != '0s'`\n")]
    [InlineData("| Count | `.spec.count` | How many |")]
    [InlineData("| Age (`-o wide`) | `.metadata.creationTimestamp` | Time since creation |")]
    public void SaysWhatTheRecordsSay(string line) => Page.ShouldContain(line);

    [Fact]
    public void ATypeIsDescribedOnce() => Page.Split("### Part\n").Length.ShouldBe(2);

    [Fact]
    public void EveryLinkLeadsSomewhere()
    {
        string page = ApiReference.Write([.. KindFinder.In(typeof(ApiGroup).Assembly).Select(KindSchema.Read)]);
        string[] headings = [.. page.Split('\n').Where(line => line.StartsWith('#')).Select(line => line.TrimStart('#').Trim().ToLowerInvariant())];

        headings.ShouldBeUnique();
        page.Split("](#")[1..].Select(link => link.Split(')')[0]).Distinct().ShouldBeSubsetOf(headings);
    }
}
