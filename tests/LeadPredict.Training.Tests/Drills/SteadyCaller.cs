using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LeadPredict.Training.Tests.Drills;

/// <summary>
/// Sends a request to score every ten milliseconds, whether or not those before are answered, and measures how long each answer takes. One thread with plain
/// sockets and nothing to collect, so that what is measured is the service.
/// </summary>
internal sealed class SteadyCaller : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IPEndPoint _service;
    private readonly byte[] _request;
    private readonly ManualResetEvent _never = new(false);
    private readonly Stack<Connection> _free = new();
    private readonly List<Connection> _busy = [];
    private readonly List<Socket> _ready = [];

    public SteadyCaller(int port, string body)
    {
        _service = new(IPAddress.Loopback, port);
        _request = Encoding.UTF8.GetBytes(
            $"POST /v1/score HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
    }

    /// <summary>Asks so often, one request after the other: until the code on the way is compiled as it will be.</summary>
    public void WarmUp(int requests)
    {
        for (int i = 0; i < requests; i++)
        {
            Send();
            while (_busy.Count > 0)
            {
                Receive(Patience, _ => { });
            }
        }
    }

    /// <summary>How many milliseconds each of so many requests took.</summary>
    public List<double> Measure(int requests)
    {
        var took = new List<double>(requests);
        var clock = Stopwatch.StartNew();
        for (int sent = 0; took.Count < requests;)
        {
            if (sent < requests && sent * Every <= clock.Elapsed)
            {
                Send();
                sent++;
                continue;
            }

            Receive(sent < requests ? (sent * Every) - clock.Elapsed : Patience, elapsed => took.Add(elapsed.TotalMilliseconds));
        }

        return took;
    }

    public void Dispose()
    {
        foreach (Connection connection in _busy.Concat(_free))
        {
            connection.Socket.Dispose();
        }

        _never.Dispose();
    }

    private void Send()
    {
        if (!_free.TryPop(out Connection? connection))
        {
            connection = new(new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
            connection.Socket.Connect(_service);
        }

        connection.Send(_request);
        _busy.Add(connection);
    }

    /// <summary>Waits for answers, or for nothing but the time.</summary>
    private void Receive(TimeSpan patience, Action<TimeSpan> answered)
    {
        // Whole milliseconds, as the system counts: less would be spent spinning. A request that is sent a little late is measured from then.
        var wait = TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(patience.TotalMilliseconds)));
        if (_busy.Count == 0)
        {
            _never.WaitOne(wait);
            return;
        }

        _ready.Clear();
        _busy.ForEach(connection => _ready.Add(connection.Socket));
        Socket.Select(_ready, null, null, wait);
        for (int i = _busy.Count - 1; i >= 0; i--)
        {
            if (_ready.Contains(_busy[i].Socket) && _busy[i].IsAnswered())
            {
                answered(Stopwatch.GetElapsedTime(_busy[i].Sent));
                _free.Push(_busy[i]);
                _busy.RemoveAt(i);
            }
        }

        _busy.ShouldAllBe(connection => Stopwatch.GetElapsedTime(connection.Sent) < Patience);
    }

    private sealed class Connection(Socket socket)
    {
        private readonly byte[] _answer = new byte[64 * 1024];
        private int _filled;

        public Socket Socket { get; } = socket;

        public long Sent { get; private set; }

        public void Send(byte[] request)
        {
            _filled = 0;
            Sent = Stopwatch.GetTimestamp();
            Socket.Send(request);
        }

        /// <summary>Takes what has come; whether that is the whole answer, which has to be a good one.</summary>
        public bool IsAnswered()
        {
            int read = Socket.Receive(_answer, _filled, _answer.Length - _filled, SocketFlags.None);
            _filled += read;
            ReadOnlySpan<byte> answer = _answer.AsSpan(0, _filled);
            (read > 0 && answer.StartsWith("HTTP/1.1 200 "u8)).ShouldBeTrue($"answered: {Encoding.UTF8.GetString(answer)}");
            int head = answer.IndexOf("\r\n\r\n"u8);
            int length = answer.IndexOf("Content-Length: "u8);
            return head > 0 && Utf8Parser.TryParse(answer[(length + 16)..], out int body, out _) && _filled == head + 4 + body;
        }
    }
}
