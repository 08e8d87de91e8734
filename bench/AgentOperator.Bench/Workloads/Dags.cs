using System.Globalization;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.Bench.Workloads;

/// <summary>Workflows of layers: each step needs some of the two layers before it.</summary>
internal static class Dags
{
    private const int MaxNeeds = 20;

    /// <param name="ns">Namespace.</param>
    /// <param name="name">Name.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="width">Steps of one layer.</param>
    /// <param name="seed">The same seed gives the same needs.</param>
    public static Workflow Of(string ns, string name, int steps, int width, int seed)
    {
        Random random = new(seed);
        return new Workflow
        {
            Metadata = new ObjectMeta { Name = name, Namespace = ns },
            Spec = new WorkflowSpec
            {
                Steps =
                [
                    .. Enumerable.Range(0, steps).Select(i => new WorkflowStep
                    {
                        Name = NameOf(i, width),
                        Needs = Needs(random, i, width),
                        Container = new ContainerStep { Image = Chains.Image, Command = ["true"] },
                    }),
                ],
            },
        };
    }

    private static string[]? Needs(Random random, int step, int width)
    {
        int end = step / width * width;
        int start = Math.Max(0, end - (2 * width));
        int[] before = [.. Enumerable.Range(start, end - start)];
        random.Shuffle(before);
        return end == 0 ? null : [.. before.Take(random.Next(1, MaxNeeds + 1)).Select(other => NameOf(other, width))];
    }

    private static string NameOf(int step, int width) => string.Create(CultureInfo.InvariantCulture, $"layer-{step / width}-step-{step % width}");
}
