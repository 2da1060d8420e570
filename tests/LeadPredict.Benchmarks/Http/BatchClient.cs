using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace LeadPredict.Benchmarks.Http;

/// <summary>Sends batches of leads as lines, one after the other.</summary>
internal sealed class BatchClient(int port, string query)
{
    private const int Leads = 20_000;
    private readonly byte[] _body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, Leads).Select(lead => HttpRequests.Leads[lead % HttpRequests.Leads.Length] + "\n")));

    /// <summary>Runs for a while; how many leads were answered a second.</summary>
    public async Task<double> RunAsync(TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        int sent = 0;
        for (; clock.Elapsed < time; sent += Leads)
        {
            await OneAsync();
        }

        return sent / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Sends and reads at once: an answer that is not read stops the reading of the request.</summary>
    private async Task OneAsync()
    {
        byte[] head = Encoding.UTF8.GetBytes(
            $"POST /v1/score/batch{query} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/x-ndjson\r\nContent-Length: {_body.Length}\r\n\r\n");
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", port);
        await socket.SendAsync(head);
        Task sending = SendAllAsync(socket, _body);
        byte[] buffer = new byte[256 * 1024];
        long answers = 0;
        int read;
        while ((read = await socket.ReceiveAsync(buffer)) > 0)
        {
            answers += buffer.AsSpan(0, read).Count("{\"leadId\""u8);
        }

        await sending;

        // An answer that two reads share is not counted.
        if (answers < 0.9 * Leads)
        {
            throw new InvalidDataException($"{answers} answers to {Leads} leads");
        }
    }

    private static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> body)
    {
        while (body.Length > 0)
        {
            body = body[await socket.SendAsync(body)..];
        }
    }
}
