using System.Diagnostics;
using System.Net.Sockets;

namespace LeadPredict.Training.Tests.Drills;

/// <summary>
/// Callers that send the beginning of a request, then a byte a second, half of them in its header, half in its body, and begin anew when they are thrown out.
/// They begin within ten seconds, so that they are not thrown out all at once, and go on until this is disposed of.
/// </summary>
internal sealed class SlowCallers : IDisposable
{
    private static readonly byte[] HalfHeader = "POST /v1/score HTTP/1.1\r\nHost: loc"u8.ToArray();
    private static readonly byte[] HalfBody = "POST /v1/score HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"u8.ToArray();
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource _done = new();
    private readonly Task _all;
    private int _connected;

    public SlowCallers(int port, int count)
    {
        Count = count;
        _all = Task.WhenAll(Enumerable.Range(0, count).Select(caller => CallAsync(port, caller % 2 == 0 ? HalfHeader : HalfBody, Spread * caller / count)));
    }

    public int Count { get; }

    /// <summary>How many are connected now.</summary>
    public int Connected => Volatile.Read(ref _connected);

    public async Task ConnectedAsync()
    {
        for (var clock = Stopwatch.StartNew(); Connected < Count * 9 / 10; await Task.Delay(20))
        {
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60), $"{Connected} of {Count} are connected");
        }
    }

    public void Dispose()
    {
        _done.Cancel();
        _all.GetAwaiter().GetResult();
        _done.Dispose();
    }

    private async Task CallAsync(int port, byte[] beginning, TimeSpan after)
    {
        await Task.Delay(after);
        while (!_done.IsCancellationRequested)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync("127.0.0.1", port, _done.Token);
                Interlocked.Increment(ref _connected);
                try
                {
                    await socket.SendAsync(beginning, _done.Token);
                    while (true)
                    {
                        await Task.Delay(TimeSpan.FromSeconds(1), _done.Token);
                        if (socket.Poll(0, SelectMode.SelectRead))
                        {
                            // Thrown out: a service that waits for more says nothing.
                            break;
                        }

                        await socket.SendAsync("x"u8.ToArray(), _done.Token);
                    }
                }
                finally
                {
                    Interlocked.Decrement(ref _connected);
                }
            }
            catch (Exception ended) when (ended is SocketException or OperationCanceledException)
            {
                // Thrown out, or the drill is over.
            }
        }
    }
}
