using System.Text;

namespace AgentOperator.Local.Node;

/// <summary><c>$(NAME)</c> in command, args and env, exactly as the kubelet does it: <c>$$</c> is one dollar, an unknown name stays as it is written.</summary>
internal static class VariableExpansion
{
    public static string Expand(string input, IReadOnlyDictionary<string, string> variables)
    {
        StringBuilder output = new();
        int checkpoint = 0;
        for (int cursor = 0; cursor < input.Length; cursor++)
        {
            if (input[cursor] != '$' || cursor + 1 >= input.Length)
            {
                continue;
            }

            output.Append(input, checkpoint, cursor - checkpoint);
            cursor += Read(input, cursor + 1, variables, output);
            checkpoint = cursor + 1;
        }

        return output.Append(input, checkpoint, input.Length - checkpoint).ToString();
    }

    /// <summary>Writes what stands for the text after a dollar; returns how many characters that text has.</summary>
    private static int Read(string input, int start, IReadOnlyDictionary<string, string> variables, StringBuilder output)
    {
        if (input[start] == '$')
        {
            output.Append('$');
            return 1;
        }

        if (input[start] != '(')
        {
            output.Append('$').Append(input[start]);
            return 1;
        }

        int end = input.IndexOf(')', start);
        if (end < 0)
        {
            output.Append("$(");
            return 1;
        }

        string name = input[(start + 1)..end];
        output.Append(variables.TryGetValue(name, out string? value) ? value : $"$({name})");
        return end - start + 1;
    }
}
