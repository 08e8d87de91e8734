using System.CommandLine;

namespace AgentOperator.Configuration;

/// <summary>One option: a flag, the environment variable that stands in for it, and how its text is read.</summary>
/// <param name="flag">Such as <c>--lease-duration</c>; the variable is then <c>AGENTOPERATOR_LEASE_DURATION</c>.</param>
/// <param name="description">What <c>--help</c> says.</param>
/// <param name="fallback">When neither is given.</param>
/// <param name="read">From the text; a <see cref="FormatException"/> says what the text must be.</param>
internal sealed class Setting<T>(string flag, string description, T fallback, Func<string, T> read) : ISetting
{
    private readonly Option<string[]> _option = new(flag)
    {
        Description = $"{description} [{EnvironmentVariables.NameOf(flag)}]",
        Arity = typeof(T) == typeof(bool) ? ArgumentArity.ZeroOrMore : ArgumentArity.OneOrMore,
    };

    public Option Option => _option;

    public string Variable => EnvironmentVariables.NameOf(flag);

    /// <summary>The flag's value, else the variable's, else the fallback; what cannot be read is added to the problems.</summary>
    public T From(ParseResult arguments, IReadOnlyDictionary<string, string> environment, List<string> problems)
    {
        if (arguments.GetResult(_option) is { Implicit: false } result)
        {
            // A flag without a value switches on; one that is given again adds to a list.
            string given = string.Join(',', result.Tokens.Select(static token => token.Value));
            return Read(flag, given.Length == 0 ? bool.TrueString : given, problems);
        }

        return environment.TryGetValue(Variable, out string? text) && text.Length > 0 ? Read(Variable, text, problems) : fallback;
    }

    private T Read(string source, string text, List<string> problems)
    {
        try
        {
            return read(text);
        }
        catch (FormatException error)
        {
            problems.Add($"{source} {error.Message}; it is \"{text}\".");
            return fallback;
        }
    }
}
