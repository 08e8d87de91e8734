using System.Text;

namespace AgentOperator.Cel.Library;

/// <summary><c>strings.quote()</c>: a string as a literal that is safe to print.</summary>
internal static class Quoting
{
    public static string Quote(string text)
    {
        StringBuilder made = new("\"", text.Length + 2);
        foreach (Rune rune in text.EnumerateRunes())
        {
            made.Append(rune.Value switch
            {
                '\a' => @"\a",
                '\b' => @"\b",
                '\f' => @"\f",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                '\v' => @"\v",
                '\\' => @"\\",
                '"' => "\\\"",
                _ => rune.ToString(),
            });
        }

        return made.Append('"').ToString();
    }
}
