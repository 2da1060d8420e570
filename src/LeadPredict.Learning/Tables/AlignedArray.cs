using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LeadPredict.Learning.Tables;

/// <summary>
/// An array whose first element lies at the start of a cache line, so that elements whose size divides a line never lie on two.
/// </summary>
/// <remarks>Lies on the pinned heap: its place never changes.</remarks>
internal sealed class AlignedArray<T>
    where T : unmanaged
{
    private const int Line = 64;
    private readonly byte[] _bytes;
    private readonly int _start;

    /// <summary>Makes an array of zeros.</summary>
    /// <param name="length">Times the element's size, below two thousand million bytes.</param>
    public AlignedArray(int length)
    {
        Length = length;
        _bytes = GC.AllocateArray<byte>(checked((length * Unsafe.SizeOf<T>()) + Line), pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, 0);
        _start = (int)((Line - (address % Line)) % Line);
    }

    public int Length { get; }

    /// <summary>The first element. Good for as long as this object is alive.</summary>
    public unsafe T* Pointer => (T*)Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, _start);

    public Span<T> Span => MemoryMarshal.Cast<byte, T>(_bytes.AsSpan(_start, Length * Unsafe.SizeOf<T>()));
}
