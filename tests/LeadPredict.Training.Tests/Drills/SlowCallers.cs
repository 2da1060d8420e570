using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace LeadPredict.Training.Tests.Drills;

/// <summary>
/// Callers that send the beginning of a request, then a byte a second, half of them in its header, half in its body, and begin anew when they are thrown out.
/// They begin one after the other, within ten seconds in the long form, so that they are not thrown out all at once, and go on until this is disposed of.
/// </summary>
/// <remarks>One thread sends for all of them and waits for nobody, so that they cost the machine little beside what they cost the service.</remarks>
internal sealed class SlowCallers : IDisposable
{
    private static readonly byte[] HalfHeader = "POST /v1/score HTTP/1.1\r\nHost: loc"u8.ToArray();
    private static readonly byte[] HalfBody = "POST /v1/score HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"u8.ToArray();
    private static readonly byte[] More = "x"u8.ToArray();
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(Drill.Rounds(3, 10));
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly IPEndPoint _service;
    private readonly Socket?[] _sockets;
    private readonly TimeSpan[] _due;
    private readonly ManualResetEvent _done = new(false);
    private readonly byte[] _said = new byte[4096];
    private readonly Thread _thread;
    private volatile int _connected;
    private volatile int _thrownOut;

    public SlowCallers(int port, int count)
    {
        _service = new(IPAddress.Loopback, port);
        _sockets = new Socket?[count];
        _due = [.. Enumerable.Range(0, count).Select(caller => Spread * caller / count)];
        _thread = new(Run) { IsBackground = true, Name = "slow callers" };
        _thread.Start();
    }

    public int Count => _sockets.Length;

    /// <summary>How many are connected now.</summary>
    public int Connected => _connected;

    /// <summary>How often one was answered or its connection ended.</summary>
    public int ThrownOut => _thrownOut;

    /// <summary>Waits until nearly all are connected.</summary>
    public async Task ConnectedAsync()
    {
        for (var clock = Stopwatch.StartNew(); Connected < Count * 9 / 10; await Task.Delay(20))
        {
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60), $"{Connected} of {Count} are connected");
        }
    }

    public void Dispose()
    {
        _done.Set();
        _thread.Join();
        _done.Dispose();
    }

    private void Run()
    {
        for (var clock = Stopwatch.StartNew(); !_done.WaitOne(1);)
        {
            for (int caller = 0; caller < Count; caller++)
            {
                if (_due[caller] <= clock.Elapsed)
                {
                    _sockets[caller] = GoOn(_sockets[caller]) ?? Begin(caller % 2 == 0 ? HalfHeader : HalfBody);
                    _due[caller] += Pause;
                }
            }
        }

        Array.ForEach(_sockets, socket => socket?.Dispose());
    }

    private Socket? Begin(byte[] beginning)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Connect(_service);
            socket.Send(beginning);
        }
        catch (SocketException)
        {
            // Tries again in a second.
            socket.Dispose();
            return null;
        }

        socket.Blocking = false;
        _connected++;
        return socket;
    }

    /// <summary>Sends one more byte; null when the caller was thrown out. A service that waits for more says nothing.</summary>
    private Socket? GoOn(Socket? socket)
    {
        if (socket is null)
        {
            return null;
        }

        socket.Receive(_said, 0, _said.Length, SocketFlags.None, out SocketError heard);
        if (heard == SocketError.WouldBlock)
        {
            socket.Send(More, 0, 1, SocketFlags.None, out _);
            return socket;
        }

        socket.Dispose();
        _connected--;
        _thrownOut++;
        return null;
    }
}
