using System.Net;
using System.Net.Sockets;
using LeadPredict.Api.Errors;

namespace LeadPredict.Api.Limits;

/// <summary>
/// How long what comes in on sockets waits until it is looked at; a request that waited longer than <see cref="Longest"/> is answered 503 at once. A request
/// runs where its bytes came in, so under more load than the processors can bear requests wait where no count of those that are worked on sees them, and
/// without end.
/// </summary>
/// <remarks>A byte that this process sends to itself takes the same way as requests do; its age on arrival is theirs.</remarks>
internal sealed class QueueDelay : BackgroundService
{
    /// <summary>Longer waits are for nobody's good: most callers have given up by then or soon will.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private long _sent;
    private long _arrived;
    private long _waited;
    private bool _isBroken;

    /// <summary>How long the latest that was looked at waited, or the oldest that was not looked at yet.</summary>
    public TimeSpan Now
    {
        get
        {
            long sent = Volatile.Read(ref _sent);
            TimeSpan waited = new(Volatile.Read(ref _waited));
            TimeSpan waiting = sent == Volatile.Read(ref _arrived) ? TimeSpan.Zero : TimeProvider.System.GetElapsedTime(sent);
            return waited > waiting ? waited : waiting;
        }
    }

    /// <summary>
    /// Refuses what waited too long. Who reads, a page above all, is answered late rather than never: such requests are few, and the service's own long work
    /// may be what they waited for.
    /// </summary>
    public Task RefuseLateAsync(HttpContext context, RequestDelegate next) =>
        Now > Longest && !HttpMethods.IsGet(context.Request.Method) && TrafficLimits.IsCounted(context)
        ? ProblemMiddleware.WriteAsync(context, ProblemMapping.Busy("The service has more to do than it can; try again later."))
        : next(context);

    /// <summary>One byte after the other, each sent when the one before has arrived. Where a process may not connect to itself nothing is measured, and nothing refused.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(() => Measure(stoppingToken), stoppingToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Measure(CancellationToken stopping)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start(1);
            using var from = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            from.Connect(listener.LocalEndpoint);
            using Socket to = listener.AcceptSocket();
            if (!from.LocalEndPoint!.Equals(to.RemoteEndPoint))
            {
                // Somebody else was quicker.
                return;
            }

            var arrived = new AutoResetEvent(false);
            while (!stopping.IsCancellationRequested && !Volatile.Read(ref _isBroken))
            {
                _ = ReceiveAsync(to, arrived);
                Volatile.Write(ref _sent, TimeProvider.System.GetTimestamp());
                from.Send([0]);
                WaitHandle.WaitAny([arrived, stopping.WaitHandle]);
                stopping.WaitHandle.WaitOne(Pause);
            }
        }
        catch (SocketException)
        {
            // Nothing is known from now on.
        }

        Volatile.Write(ref _waited, 0);
        Volatile.Write(ref _arrived, Volatile.Read(ref _sent));
    }

    private async Task ReceiveAsync(Socket to, AutoResetEvent arrived)
    {
        try
        {
            bool isThere = await to.ReceiveAsync(new byte[1]).ConfigureAwait(false) == 1;
            long sent = Volatile.Read(ref _sent);
            Volatile.Write(ref _waited, TimeProvider.System.GetElapsedTime(sent).Ticks);
            Volatile.Write(ref _arrived, sent);
            Volatile.Write(ref _isBroken, !isThere);
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The service ends, or nothing is known from now on.
            Volatile.Write(ref _isBroken, true);
        }
        finally
        {
            arrived.Set();
        }
    }
}
