using System.Security.Cryptography;
using System.Text;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Templates;

/// <summary>The values that a container gets as files, because <c>{{ file(x) }}</c> names them. Filled while its texts are rendered.</summary>
internal sealed class StepFiles
{
    /// <summary>Folder of the files in the container.</summary>
    public const string Folder = "/agentoperator/files";

    /// <summary>Name of the function.</summary>
    public const string Function = "file";

    /// <summary>Bytes of all of them, which a ConfigMap can hold.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const int NameLength = 32;

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private int _bytes;

    /// <summary>Texts by name; equal ones are one file.</summary>
    public IReadOnlyDictionary<string, string> Texts => _texts;

    /// <summary>Whether a container may get files. A text that only looks like it costs no more than a look.</summary>
    public static bool MayBeUsedBy(WorkflowStep step) =>
        TextsOf(step.Container).Concat(TextsOf(step.Compensate?.Container)).Any(static text => text.Contains(Function + "(", StringComparison.Ordinal));

    /// <summary>Path of a text's file: the same for the same text, so that an attempt that is started again after a crash finds what it wrote.</summary>
    public static string PathOf(string text) => $"{Folder}/{NameOf(text)}";

    /// <summary>Adds a text and gives its path.</summary>
    /// <exception cref="TemplateException">The files are too large together.</exception>
    public string Add(string text)
    {
        string name = NameOf(text);
        if (_texts.TryAdd(name, text))
        {
            _bytes += Encoding.UTF8.GetByteCount(text);
        }

        return _bytes <= MaxBytes
            ? $"{Folder}/{name}"
            : throw new TemplateException($"the step's files have {_bytes} bytes together, more than {MaxBytes}: pass a reference to where the values are");
    }

    private static string NameOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..NameLength];

    private static IEnumerable<string> TextsOf(ContainerStep? container) => container is null ? [] : StepTexts.Of(new WorkflowStep { Name = "", Container = container }).Select(static text => text.Text);
}
