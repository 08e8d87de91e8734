using AgentOperator.Cel.Syntax;

namespace AgentOperator.Cel.Checking;

/// <summary>Says that no overload takes these arguments, and what would.</summary>
internal static class Mismatches
{
    private const int Shown = 6;

    public static string Describe(string name, IReadOnlyList<CelType> arguments, IReadOnlyList<CelFunction> known)
    {
        string message = $"no overload of '{Operators.Display(name)}' takes ({string.Join(", ", arguments)})";
        if (name[0] is '_' or '@' or '!' or '-')
        {
            return message + Hint(name, arguments);
        }

        string[] signatures = [.. known.Select(static function => Signature(function)).Distinct(StringComparer.Ordinal)];
        return $"{message}; it is {string.Join(", ", signatures.Take(Shown))}{(signatures.Length > Shown ? ", …" : "")}";
    }

    private static string Signature(CelFunction function)
    {
        string rest = function.IsVariadic ? ", …" : "";
        return function.IsMethod
            ? $"{function.Parameters[0]}.{function.Name}({string.Join(", ", function.Parameters.Skip(1))}{rest})"
            : $"{function.Name}({string.Join(", ", function.Parameters)}{rest})";
    }

    private static string Hint(string name, IReadOnlyList<CelType> arguments)
    {
        if (arguments.Count != 2)
        {
            return "";
        }

        if (arguments.All(static argument => argument.Kind is CelTypeKind.Int or CelTypeKind.Uint or CelTypeKind.Double))
        {
            return "; convert one side with int(), uint() or double()";
        }

        if (name is Operators.Add && arguments.Any(static argument => argument.Kind is CelTypeKind.String))
        {
            return "; convert the other side with string()";
        }

        return name is Operators.Equal or Operators.NotEqual ? "; values of different types are never equal, wrap one in dyn() if that is meant" : "";
    }
}
