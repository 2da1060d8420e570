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
    private const uint WantsNumber = 0x100;
    private static readonly Range NumberAt = 32..40, DeviceAt = 136..144;
    private const int FromCurrentFolder = -100;

    /// <summary>Whether a path leads, through links, to a pipe, a device or a socket. False where nothing is, and on systems other than Linux, which nobody asks.</summary>
    public static bool Is(string path)
    {
        if (Status(path, WantsType) is not { } status)
        {
            return false;
        }

        ushort mode = BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReadUInt16LittleEndian(status.AsSpan(ModeAt))
            : BinaryPrimitives.ReadUInt16BigEndian(status.AsSpan(ModeAt));
        return (mode & TypeBits) is 0x1000 or 0x2000 or 0x6000 or 0xC000;
    }

    /// <summary>Whether two paths lead to one file, pipe or device, by whatever names. False where nothing is, and on systems other than Linux.</summary>
    public static bool AreOne(string one, string other) => Status(one, WantsNumber) is { } first && Status(other, WantsNumber) is { } second
        && first[NumberAt].AsSpan().SequenceEqual(second[NumberAt]) && first[DeviceAt].AsSpan().SequenceEqual(second[DeviceAt]);

    private static byte[]? Status(string path, uint wants)
    {
        byte[] status = new byte[StatusLength];
        return OperatingSystem.IsLinux() && Status(FromCurrentFolder, path, 0, wants, status) == 0 ? status : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int folder, string path, int flags, uint mask, Span<byte> status);
}
