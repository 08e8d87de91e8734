using System.Buffers.Binary;

namespace AgentOperator.EndToEnd.Agents;

/// <summary>Reads the fields of one protobuf message that hold bytes (https://protobuf.dev/programming-guides/encoding/); other fields are passed over.</summary>
internal static class ProtobufFields
{
    public static IEnumerable<(int Number, ReadOnlyMemory<byte> Bytes)> Of(ReadOnlyMemory<byte> message)
    {
        int at = 0;
        while (at < message.Length)
        {
            ulong tag = Varint(message.Span, ref at);
            switch (tag & 7)
            {
                case 0:
                    Varint(message.Span, ref at);
                    break;
                case 1:
                    at += sizeof(ulong);
                    break;
                case 2:
                    int length = (int)Varint(message.Span, ref at);
                    yield return ((int)(tag >> 3), message.Slice(at, length));
                    at += length;
                    break;
                case 5:
                    at += sizeof(uint);
                    break;
                default:
                    throw new InvalidDataException($"Wire type {tag & 7} at byte {at}.");
            }
        }
    }

    /// <summary>The message of a gRPC frame.</summary>
    public static ReadOnlyMemory<byte> Unframe(ReadOnlyMemory<byte> frame) => frame.Slice(5, BinaryPrimitives.ReadInt32BigEndian(frame.Span[1..]));

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
