using System.Collections.Frozen;

namespace AgentOperator.Cel.Syntax;

/// <summary>Operators' names as functions.</summary>
internal static class Operators
{
    public const string Not = "!_";
    public const string Negate = "-_";
    public const string Equal = "_==_";
    public const string NotEqual = "_!=_";
    public const string Less = "_<_";
    public const string LessOrEqual = "_<=_";
    public const string Greater = "_>_";
    public const string GreaterOrEqual = "_>=_";
    public const string In = "@in";
    public const string Add = "_+_";
    public const string Subtract = "_-_";
    public const string Multiply = "_*_";
    public const string Divide = "_/_";
    public const string Modulo = "_%_";
    public const string Index = "_[_]";

    private static readonly FrozenDictionary<string, (string Function, int Level)> Binary = new Dictionary<string, (string, int)>(StringComparer.Ordinal)
    {
        ["=="] = (Equal, 1),
        ["!="] = (NotEqual, 1),
        ["<"] = (Less, 1),
        ["<="] = (LessOrEqual, 1),
        [">"] = (Greater, 1),
        [">="] = (GreaterOrEqual, 1),
        ["in"] = (In, 1),
        ["+"] = (Add, 2),
        ["-"] = (Subtract, 2),
        ["*"] = (Multiply, 3),
        ["/"] = (Divide, 3),
        ["%"] = (Modulo, 3),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The function and level of a binary operator between <c>&amp;&amp;</c> and the unary ones; a higher level binds closer.</summary>
    public static bool TryGet(Token token, out string function, out int level)
    {
        bool found = Binary.TryGetValue(token.Text, out (string Function, int Level) entry) && token.Kind is TokenKind.Symbol or TokenKind.Keyword;
        (function, level) = entry;
        return found;
    }

    /// <summary>As people write it.</summary>
    public static string Display(string function) => function is In ? "in" : function.Contains('_') && !char.IsAsciiLetter(function[^1]) && function[0] is '_' or '!' or '-' ? function.Replace("_", "", StringComparison.Ordinal) : function;
}
