using System.Runtime.InteropServices;

namespace LeadPredict.Training.Hosting;

/// <summary>The signal of a terminal that closes (SIGHUP). By itself it kills at once; here it ends the program as SIGTERM does, in order.</summary>
internal static partial class HangUp
{
    private const int Terminate = 15;
    private static int _sent;

    /// <summary>
    /// Hands the signal on as SIGTERM until disposed, once: shells send it too, and a second SIGTERM would end the program at once. Where the process began with the signal ignored, as under <c>nohup</c>, it stays ignored: the runtime
    /// sees to that. Windows has no such signal.
    /// </summary>
    public static IDisposable? EndInOrder() => OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
    {
        context.Cancel = true;
        if (Interlocked.Exchange(ref _sent, 1) == 0)
        {
            _ = Send(Environment.ProcessId, Terminate);
        }
    });

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
