using System.Reflection;
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
    string root = RepositoryFolder.Of(Environment.CurrentDirectory);
    GeneratedFolder[] folders = [.. Generator.Generate(typeof(ApiGroup).Assembly, Assembly.Load("agent-operator")).Select(set => new GeneratedFolder(root, set))];
    if (args is [])
    {
        Array.ForEach(folders, folder => folder.Write());
        return 0;
    }

    string[] drift = [.. folders.SelectMany(folder => folder.Drift())];
    foreach (string problem in drift)
    {
        await Console.Error.WriteLineAsync(problem);
    }

    if (drift.Length > 0)
    {
        await Console.Error.WriteLineAsync($"Generated files are not what the code says. Run: {Repair}");
    }

    return drift.Length == 0 ? 0 : 1;
}
catch (RefusedException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}
