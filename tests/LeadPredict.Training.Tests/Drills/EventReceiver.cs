using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LeadPredict.Training.Tests.Drills;

/// <summary>
/// A receiver of events that can be killed in the middle of deliveries and come back on the same port: its connections break off without a word, as
/// those of a killed process do. What it has read counts as arrived, answered or not.
/// </summary>
internal sealed class EventReceiver(int port) : IDisposable
{
    private readonly ConcurrentQueue<string> _arrived = new();
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private int _left = int.MaxValue;
    private TaskCompletionSource _reached = new();
    private Action _then = () => { };

    public string Url => $"http://127.0.0.1:{port}/events/";

    /// <summary>The identifiers of events in the order of their arrival, repeats included.</summary>
    public IReadOnlyCollection<string> Arrived => _arrived;

    public void Start()
    {
        var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen();
        _open[listener] = true;
        _ = Task.Run(async () =>
        {
            while (await QuietlyAsync(() => listener.AcceptAsync()) is { } connection)
            {
                _open[connection] = true;
                _ = Task.Run(() => QuietlyAsync(() => AnswerAsync(connection)));
            }
        });
    }

    /// <summary>Does something when it has read so many events from now on and before it answers the last of them: in the middle of its delivery.</summary>
    public Task InDeliveryAsync(int events, Action then)
    {
        _then = then;
        _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _left, events);
        return _reached.Task;
    }

    public void Kill()
    {
        foreach (Socket socket in _open.Keys)
        {
            // Reset, not closed in good order.
            socket.LingerState = new(true, 0);
            socket.Dispose();
            _open.TryRemove(socket, out _);
        }
    }

    public void Dispose() => Kill();

    private async Task<bool> AnswerAsync(Socket connection)
    {
        byte[] buffer = new byte[64 * 1024];
        int filled = 0;
        int read;
        while ((read = await connection.ReceiveAsync(buffer.AsMemory(filled))) > 0)
        {
            filled += read;
            string text = Encoding.ASCII.GetString(buffer, 0, filled);
            int head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head < 0 || filled < head + 4 + int.Parse(Header(text, "Content-Length"), System.Globalization.CultureInfo.InvariantCulture))
            {
                continue;
            }

            _arrived.Enqueue(Header(text, "webhook-id"));
            if (Interlocked.Decrement(ref _left) == 0)
            {
                _then();
                _reached.SetResult();
            }

            await connection.SendAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray());
            filled = 0;
        }

        return true;
    }

    private static string Header(string request, string name)
    {
        int at = request.IndexOf(name + ": ", StringComparison.OrdinalIgnoreCase) + name.Length + 2;
        return request[at..request.IndexOf('\r', at)];
    }

    private static async Task<T?> QuietlyAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception killed) when (killed is SocketException or ObjectDisposedException)
        {
            return default;
        }
    }
}
