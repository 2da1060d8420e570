using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace LeadPredict.Benchmarks.Http;

/// <summary>Sends requests in turn over several kept connections, each waiting for its answer, as a form does; light, since it shares the machine.</summary>
internal sealed class LoadClient(int port, string path, params string[] bodies)
{
    private readonly byte[][] _requests = [.. bodies.Select(body => Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture)}\r\n\r\n{body}"))];

    /// <summary>Runs for a while and tells what was answered.</summary>
    public async Task<LoadFigures> RunAsync(int connections, TimeSpan time)
    {
        long end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var clock = Stopwatch.StartNew();
        List<long>[] all = await Task.WhenAll(Enumerable.Range(0, connections).Select(number => Task.Run(() => OneAsync(number * _requests.Length / connections, end))));
        double seconds = clock.Elapsed.TotalSeconds;
        long[] ticks = [.. all.SelectMany(one => one).Order()];
        double At(double share) => ticks.Length == 0 ? double.NaN : 1e6 * ticks[(int)(share * (ticks.Length - 1))] / Stopwatch.Frequency;
        return new(ticks.Length / seconds, At(0.5), At(0.99));
    }

    private async Task<List<long>> OneAsync(int next, long end)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", port);
        byte[] buffer = new byte[256 * 1024];
        var took = new List<long>();
        for (long start = Stopwatch.GetTimestamp(); start < end; start = Stopwatch.GetTimestamp())
        {
            await socket.SendAsync(_requests[next++ % _requests.Length]);
            await AnswerAsync(socket, buffer);
            took.Add(Stopwatch.GetTimestamp() - start);
        }

        return took;
    }

    private static async Task AnswerAsync(Socket socket, byte[] buffer)
    {
        int filled = 0;
        int? length = null;
        while (length is null || filled < length)
        {
            int read = await socket.ReceiveAsync(buffer.AsMemory(filled));
            if (read == 0)
            {
                throw new IOException("the service closed the connection");
            }

            filled += read;
            length ??= Length(buffer.AsSpan(0, filled));
            if (length is null && buffer.AsSpan(0, filled).EndsWith("0\r\n\r\n"u8))
            {
                return;
            }
        }
    }

    /// <summary>The length of the whole answer once its head is there; null while it is not, or when it comes in chunks.</summary>
    private static int? Length(ReadOnlySpan<byte> answer)
    {
        int head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return null;
        }

        if (!answer.StartsWith("HTTP/1.1 200"u8))
        {
            throw new IOException(Encoding.UTF8.GetString(answer[..Math.Min(answer.Length, 500)]));
        }

        int at = Math.Max(answer[..head].IndexOf("Content-Length: "u8), answer[..head].IndexOf("content-length: "u8));
        return at < 0 ? null : head + 4 + int.Parse(answer[(at + 16)..(at + 16 + answer[(at + 16)..].IndexOf((byte)'\r'))], CultureInfo.InvariantCulture);
    }
}

/// <summary>How a service did.</summary>
/// <param name="PerSecond">Answers a second.</param>
/// <param name="Median">Microseconds.</param>
/// <param name="P99">Microseconds.</param>
/// <param name="CpuMicroseconds">Of the server, for each answer: what others do on the machine does not count.</param>
internal sealed record LoadFigures(double PerSecond, double Median, double P99, double CpuMicroseconds = 0);
