using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace AgentOperator.Tracing;

/// <summary>The few forms of protobuf's wire format that spans need (https://protobuf.dev/programming-guides/encoding).</summary>
internal sealed class Protobuf
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;

    private readonly ArrayBufferWriter<byte> _buffer = new();

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    public Protobuf Number(int field, long value)
    {
        Key(field, Varint);
        Raw((ulong)value);
        return this;
    }

    public Protobuf Long(int field, ulong value)
    {
        Key(field, Fixed64);
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        _buffer.Write(bytes);
        return this;
    }

    public Protobuf Text(int field, string value) => Binary(field, Encoding.UTF8.GetBytes(value));

    public Protobuf Hex(int field, string value) => Binary(field, Convert.FromHexString(value));

    public Protobuf Binary(int field, ReadOnlySpan<byte> value)
    {
        Key(field, Bytes);
        Raw((ulong)value.Length);
        _buffer.Write(value);
        return this;
    }

    public Protobuf Message(int field, Protobuf message) => Binary(field, message._buffer.WrittenSpan);

    private void Key(int field, int type) => Raw((ulong)((field << 3) | type));

    private void Raw(ulong value)
    {
        while (value >= 0x80)
        {
            Put((byte)(value | 0x80));
            value >>= 7;
        }

        Put((byte)value);
    }

    private void Put(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }
}
