namespace AgentOperator.Cel.Library;

/// <summary>Base64.</summary>
internal static class EncoderLibrary
{
    public static IEnumerable<CelFunction> Functions =>
    [
        Fn.Of("base64.encode", CelType.Bytes, CelType.String, static (in value, ref context) =>
        {
            context.ChargeMade(value.AsBytes().Length * 4L / 3);
            return CelValue.From(Convert.ToBase64String(value.AsBytes().Span));
        }),
        Fn.Of("base64.decode", CelType.String, CelType.Bytes, static (in value, ref context) =>
        {
            context.ChargeMade(value.Text.Length);
            string padded = value.Text.PadRight((value.Text.Length + 3) / 4 * 4, '=');
            byte[] decoded = new byte[padded.Length / 4 * 3];
            return Convert.TryFromBase64String(padded, decoded, out int length)
                ? CelValue.From(new ReadOnlyMemory<byte>(decoded, 0, length))
                : CelValue.Error("base64.decode(): the text is no base64");
        }),
    ];
}
