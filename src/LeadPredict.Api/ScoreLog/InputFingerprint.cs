using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace LeadPredict.Api.ScoreLog;

/// <summary>
/// A number of 128 bits that tells inputs of a model apart: equal for equal values, and different ones hardly share one. No secret, and nothing rests on
/// it but looking back, so it need not be cryptographic, which takes ten times as long. Two chains of wide multiplications, each as wyhash mixes
/// (Wang Yi, 2019).
/// </summary>
internal static class InputFingerprint
{
    private const ulong One = 0xA0761D6478BD642F;
    private const ulong Two = 0xE7037ED1A0B428DB;
    private const ulong Three = 0x8EBC6AF09C88C6E3;
    private const ulong Four = 0x589965CC75374CC3;

    /// <summary>The fingerprint of a row of feature values, by their bits: 32 hexadecimal digits.</summary>
    public static string Of(ReadOnlySpan<float> row)
    {
        ReadOnlySpan<ulong> pairs = MemoryMarshal.Cast<float, ulong>(row);
        (ulong left, ulong right) = (One ^ (ulong)row.Length, Two);
        foreach (ulong pair in pairs)
        {
            left = Mixed(left ^ pair, Three);
            right = Mixed(right ^ pair, Four) + pair;
        }

        if (row.Length % 2 != 0)
        {
            ulong last = BitConverter.SingleToUInt32Bits(row[^1]);
            left = Mixed(left ^ last, Three);
            right = Mixed(right ^ last, Four) + last;
        }

        Span<byte> bytes = stackalloc byte[2 * sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Mixed(left, One ^ right));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[sizeof(ulong)..], Mixed(right, Two ^ left));
        return Convert.ToHexStringLower(bytes);
    }

    private static ulong Mixed(ulong value, ulong by)
    {
        ulong high = Math.BigMul(value, by, out ulong low);
        return high ^ low;
    }
}
