using System.Runtime.InteropServices;

namespace LeadPredict.Training.Hosting;

/// <summary>
/// Ctrl+C and SIGTERM. The first asks the command to end; where it has not ended in time, or a second comes, the process ends without it. A command may be deep
/// in its work, or wait for input that never comes, and hear nothing.
/// </summary>
internal sealed class EndSignals : IDisposable
{
    private readonly TimeSpan _patience;
    private readonly bool _drains;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource _asked = new(), _again = new();
    private readonly PosixSignalRegistration[] _registrations;
    private volatile int _code;

    /// <param name="patience">How long the command has to end.</param>
    /// <param name="drains">Whether it is a service, which supervisors tell more than once to end: what it took is answered all the same, unless a person presses Ctrl+C again.</param>
    public EndSignals(TimeSpan patience, bool drains)
    {
        _patience = patience;
        _drains = drains;
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Take), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take)];
    }

    /// <summary>Runs a command on a thread of its own and gives its exit code, or that of the signal that ended it.</summary>
    public int Run(Func<CancellationToken, Task<int>> command)
    {
        Task<int> run = Task.Factory.StartNew(() => command(_cancellation.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        if (Task.WaitAny(run, _asked.Task) == 1)
        {
            Task.WaitAny([run, _again.Task], _patience);
        }

        return run.IsCompleted ? run.GetAwaiter().GetResult() : _code;
    }

    /// <summary>Leaves the signals to others. One that is being taken may still cancel.</summary>
    public void Dispose() => Array.ForEach(_registrations, registration => registration.Dispose());

    private void Take(PosixSignalContext context)
    {
        context.Cancel = true;
        _code = context.Signal == PosixSignal.SIGINT ? 130 : 143;
        if (_asked.TrySetResult())
        {
            _cancellation.Cancel();
        }
        else if (!_drains || context.Signal == PosixSignal.SIGINT)
        {
            _again.TrySetResult();
        }
    }
}
