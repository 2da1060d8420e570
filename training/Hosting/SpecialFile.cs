using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace LeadPredict.Training.Hosting;

/// <summary>Pipes, devices and sockets: names in the file system that hold nothing which can be read twice or replaced.</summary>
internal static partial class SpecialFile
{
    // The beginning of Linux's struct statx, which is the same on all processors.
    private const int StatusLength = 256;
    private const int ModeAt = 28;
    private const int TypeBits = 0xF000;
    private const uint WantsType = 1;
    private const int FromCurrentFolder = -100;

    /// <summary>Whether a path leads, through links, to a pipe, a device or a socket. False where nothing is, and on systems other than Linux, which nobody asks.</summary>
    public static bool Is(string path)
    {
        byte[] status = new byte[StatusLength];
        if (!OperatingSystem.IsLinux() || Status(FromCurrentFolder, path, 0, WantsType, status) != 0)
        {
            return false;
        }

        ushort mode = BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReadUInt16LittleEndian(status.AsSpan(ModeAt))
            : BinaryPrimitives.ReadUInt16BigEndian(status.AsSpan(ModeAt));
        return (mode & TypeBits) is 0x1000 or 0x2000 or 0x6000 or 0xC000;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int folder, string path, int flags, uint mask, Span<byte> status);
}
