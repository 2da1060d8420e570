using System.Runtime.ExceptionServices;

namespace LeadPredict.Learning.Trees;

/// <summary>
/// Threads that stay for a whole fit and share out its many short jobs. Handing one to the thread pool costs as much as the job itself; here
/// the others look out for the next job for some microseconds before they go to sleep.
/// </summary>
/// <remarks>
/// One thread at a time may call <see cref="Run"/>. It works along and waits only for others that have begun, so threads that the system
/// holds up cost no more than their share of the work.
/// </remarks>
internal sealed class ThreadCrew : IDisposable
{
    /// <summary>About fifty microseconds: longer than the pauses within a tree.</summary>
    private const int LooksBeforeSleep = 1000;

    private const int SpinsBetweenLooks = 8;
    private static int _crews;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly bool _counted;
    private Action<int, int> _body = (_, _) => { };
    private ExceptionDispatchInfo? _fault;
    private int _parts;
    private int _next;
    private int _inside;
    private int _asleep;
    private volatile int _job;
    private volatile bool _open;
    private volatile bool _ended;

    /// <summary>Assembles a crew; its threads sleep until there is work.</summary>
    /// <param name="threads">How many work at once, the caller included, 1 or more; 0 for as many as there are processors that no other crew has.</param>
    public ThreadCrew(int threads)
    {
        if (threads == 0)
        {
            // Fits run side by side too, fold by fold; then each has a processor already.
            _counted = true;
            threads = Math.Max(1, Environment.ProcessorCount - Interlocked.Increment(ref _crews) + 1);
        }

        Threads = threads;
        for (int worker = 1; worker < threads; worker++)
        {
            int number = worker;
            new Thread(() => Serve(number)) { IsBackground = true, Name = "LeadPredict fit" }.Start();
        }
    }

    /// <summary>How many work at once, the caller included.</summary>
    public int Threads { get; }

    /// <summary>Calls <paramref name="body"/> for each part, in any order and from any thread; returns when all are done.</summary>
    /// <param name="parts">How many parts there are.</param>
    /// <param name="body">Is given the number of the thread, 0 to <see cref="Threads"/> - 1, and that of the part.</param>
    public void Run(int parts, Action<int, int> body)
    {
        if (parts <= 1 || Threads == 1)
        {
            for (int part = 0; part < parts; part++)
            {
                body(0, part);
            }

            return;
        }

        _body = body;
        _parts = parts;
        _next = 0;
        _open = true;
        _job++;
        int asleep = Interlocked.Exchange(ref _asleep, 0);
        if (asleep > 0)
        {
            _wake.Release(asleep);
        }

        Work(0);

        // Who is inside may still be at work; who comes later finds the job closed.
        _open = false;
        Interlocked.MemoryBarrier();
        var wait = new SpinWait();
        while (Volatile.Read(ref _inside) > 0)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }

        ExceptionDispatchInfo? fault = _fault;
        _fault = null;
        fault?.Throw();
    }

    /// <summary>Sends the threads home.</summary>
    public void Dispose()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        _wake.Release(Threads);
        if (_counted)
        {
            Interlocked.Decrement(ref _crews);
        }
    }

    private void Work(int worker)
    {
        try
        {
            for (int part; (part = Interlocked.Increment(ref _next) - 1) < _parts;)
            {
                _body(worker, part);
            }
        }
        catch (Exception fault)
        {
            _fault = ExceptionDispatchInfo.Capture(fault);
        }
    }

    private void Serve(int worker)
    {
        int seen = 0;
        while (!_ended)
        {
            if (!SawAnother(seen))
            {
                // A job handed out just now is done without this thread; the next one wakes it.
                Interlocked.Increment(ref _asleep);
                _wake.Wait();
                continue;
            }

            seen = _job;
            Interlocked.Increment(ref _inside);
            if (_open)
            {
                Work(worker);
            }

            Interlocked.Decrement(ref _inside);
        }
    }

    private bool SawAnother(int seen)
    {
        for (int look = 0; look < LooksBeforeSleep; look++)
        {
            if (_job != seen || _ended)
            {
                return _job != seen;
            }

            Thread.SpinWait(SpinsBetweenLooks);
        }

        return false;
    }
}
