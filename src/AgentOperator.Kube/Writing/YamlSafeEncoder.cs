using System.Text.Encodings.Web;

namespace AgentOperator.Kube.Writing;

/// <summary>Escapes JSON strings so that a YAML parser reads them too: the server reads an apply as YAML, which refuses the surrogate escapes that .NET writes for an emoji.
/// Everything that may stand as it is does.</summary>
internal sealed unsafe class YamlSafeEncoder : JavaScriptEncoder
{
    public static YamlSafeEncoder Instance { get; } = new();

    public override int MaxOutputCharactersPerInputCharacter => Default.MaxOutputCharactersPerInputCharacter;

    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        ReadOnlySpan<char> characters = new(text, textLength);
        for (int i = 0; i < characters.Length; i++)
        {
            bool isPair = char.IsHighSurrogate(characters[i]) && i + 1 < characters.Length && char.IsLowSurrogate(characters[i + 1]);
            if (!isPair && WillEncode(characters[i]))
            {
                return i;
            }

            i += isPair ? 1 : 0;
        }

        return -1;
    }

    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        Default.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);

    /// <summary>What JSON must escape, and what YAML does not take as it is (YAML 1.2, c-printable).</summary>
    public override bool WillEncode(int unicodeScalar) => unicodeScalar is
        < 0x20 or '"' or '\\' or (>= 0x7F and <= 0x9F) or 0x2028 or 0x2029 or 0xFEFF or (>= 0xD800 and <= 0xDFFF) or 0xFFFE or 0xFFFF;
}
