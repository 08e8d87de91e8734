using AgentOperator.Cli.Linting.Schemas;
using AgentOperator.Cli.Linting.Sources;

namespace AgentOperator.Cli.Linting;

/// <summary>Goes through files and folders.</summary>
internal sealed class FileLint(TextReader input)
{
    private const string StandardInput = "-";

    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    private readonly ObjectLint _lint = new();
    private readonly LintReport _report = new();

    /// <exception cref="CliException">A file cannot be read.</exception>
    public LintReport Run(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            if (name == StandardInput)
            {
                Read(name, input);
            }
            else if (Directory.Exists(name))
            {
                foreach (string file in Directory.EnumerateFiles(name, "*", SearchOption.AllDirectories).Where(static file => Extensions.Contains(Path.GetExtension(file))).Order(StringComparer.Ordinal))
                {
                    Open(file);
                }
            }
            else
            {
                Open(name);
            }
        }

        return _report;
    }

    private void Open(string file)
    {
        try
        {
            using StreamReader reader = File.OpenText(file);
            Read(file, reader);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"{file} cannot be read: {error.Message}");
        }
    }

    private void Read(string file, TextReader text)
    {
        _report.Files++;
        try
        {
            foreach (SourceNode document in SourceReader.Read(text).SelectMany(Unpack))
            {
                Check(file, document);
            }
        }
        catch (SourceException error)
        {
            _report.Findings.Add(new Finding(file, error.At, error.Reason, "", error.Message, null));
        }
    }

    private void Check(string file, SourceNode document)
    {
        if (!ObjectLint.IsOurs(document))
        {
            _report.Others++;
            return;
        }

        _report.Objects++;
        string? name = document["metadata"]?.TextOf("name") is { } known ? $"{document.TextOf("kind")?.ToLowerInvariant()}/{known}" : null;
        foreach (SchemaProblem problem in _lint.Problems(document).OrderBy(static problem => problem.At.Line).ThenBy(static problem => problem.At.Column))
        {
            _report.Findings.Add(new Finding(file, problem.At, problem.Reason, problem.Path, problem.Message, name, problem.IsWarning));
        }
    }

    /// <summary>The items of a <c>kind: List</c>.</summary>
    private static IEnumerable<SourceNode> Unpack(SourceNode document) =>
        document.TextOf("kind") == "List" && document.TextOf("apiVersion") == "v1" ? document["items"]?.Items ?? [] : [document];
}
