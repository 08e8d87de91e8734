using AgentOperator.Api;
using AgentOperator.Manifests;
using AgentOperator.Manifests.Files;

const string Repair = "dotnet run --project tools/AgentOperator.Manifests";

if (args is not ([] or ["--check"]))
{
    await Console.Error.WriteLineAsync($"usage: {Repair} -- [--check]");
    return 2;
}

try
{
    GeneratedFolder crds = GeneratedFolder.Find(Environment.CurrentDirectory, "config/crd");
    IReadOnlyList<GeneratedFile> files = CrdGenerator.Generate(typeof(ApiGroup).Assembly);
    if (args is [])
    {
        crds.Write(files);
        return 0;
    }

    IReadOnlyList<string> drift = crds.Drift(files);
    foreach (string problem in drift)
    {
        await Console.Error.WriteLineAsync(problem);
    }

    if (drift.Count > 0)
    {
        await Console.Error.WriteLineAsync($"Generated files are not what the records say. Run: {Repair}");
    }

    return drift.Count == 0 ? 0 : 1;
}
catch (RefusedException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}
