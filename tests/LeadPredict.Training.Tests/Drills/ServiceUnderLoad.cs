using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Xunit.Abstractions;

namespace LeadPredict.Training.Tests.Drills;

/// <summary>What operations would try on one running service. Short here; <c>LEADPREDICT_SOAK=1</c> makes it as long as it should be once before a release.</summary>
public sealed class ServiceUnderLoad(ITestOutputHelper output) : IAsyncLifetime
{
    private DrillFolder _folder = null!;
    private ServiceProcess _service = null!;

    public async Task InitializeAsync()
    {
        _folder = await DrillFolder.CreateAsync();
        _service = await ServiceProcess.StartAsync(_folder.Models, _folder.Store, "--create-store", "--rescore-hours", "0");
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Reloads_UnderLoad_FailNoRequestAndMixNoAnswer()
    {
        string[] bodies = [.. Enumerable.Range(0, 16).Select(DrillFolder.Lead)];
        string[][] offline = [_folder.Offline(1, bodies), _folder.Offline(2, bodies)];
        offline[0][0].ShouldNotBe(offline[1][0]);
        using var done = new CancellationTokenSource();
        long[] answered = new long[2];
        Task[] callers = [.. Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (int i = caller; !done.IsCancellationRequested; i++)
            {
                string answer = await (await _service.Client.PostAsync("/v1/score", Json(bodies[i % bodies.Length]))).EnsureSuccessStatusCode().Content.ReadAsStringAsync();
                int version = answer == offline[0][i % bodies.Length] ? 0 : 1;
                answer.ShouldBe(offline[version][i % bodies.Length]);
                Interlocked.Increment(ref answered[version]);
            }
        }))];
        for (int reload = 0; reload < Drill.Rounds(10, 100); reload++)
        {
            await _service.PromoteAsync("leads", 2 - (reload % 2));
            await Task.Delay(30);
        }

        await done.CancelAsync();
        await Task.WhenAll(callers);
        answered.ShouldAllBe(count => count > 0);
    }

    [Fact]
    public async Task HostileBodies_OverAllRoutes_AreAnsweredWithoutAFault()
    {
        var random = new Random(17);
        int bodies = Drill.Rounds(1_500, 100_000);
        double early = 0;
        for (int i = 0; i < bodies; i++)
        {
            (string path, string type, byte[] body) = HostileBody.Next(random);
            using var content = new ByteArrayContent(body);
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            using HttpResponseMessage response = await _service.Client.PostAsync(path, content);
            ((int)response.StatusCode).ShouldBeLessThan(500, $"{path} {type} {Encoding.Latin1.GetString(body[..Math.Min(body.Length, 2_000)])}\n{_service.Said}");
            early = i == bodies / 2 ? _service.Megabytes : early;
        }

        _service.HasExited.ShouldBeFalse();
        output.WriteLine($"{bodies} bodies; {early:0} MB of memory at the half, {_service.Megabytes:0} MB at the end");
        if (Drill.IsLong)
        {
            _service.Megabytes.ShouldBeLessThan(1.1 * early);
        }
    }

    [Fact]
    public async Task Bombs_AreRefusedInLittleMemory()
    {
        int size = Drill.Rounds(64, 1024) * 1024 * 1024;
        byte[] zeros = Zipped(size);
        foreach ((string path, string type) in new[] { ("/v1/score", "application/json"), ("/v1/score/batch", "application/x-ndjson"), ("/v1/score/batch", "application/json"), ("/v1/touches", "application/json"), ("/invocations", "application/json") })
        {
            using var content = new ByteArrayContent(zeros);
            content.Headers.ContentType = new(type);
            content.Headers.ContentEncoding.Add("gzip");
            using HttpResponseMessage response = await _service.Client.PostAsync(path, content);
            if (path == "/v1/score/batch")
            {
                (await response.Content.ReadAsStringAsync()).ShouldContain("\"status\":413");
                continue;
            }

            ((int)response.StatusCode).ShouldBeOneOf(400, 413);
        }

        string deep = new('[', 1_000_000);
        string many = "{\"touches\":[" + string.Join(',', Enumerable.Repeat("0", 1_000_000)) + "]}";
        foreach (string body in new[] { deep, many, $"[{deep}", $"[{many}]" })
        {
            foreach (string path in new[] { "/v1/score", "/v1/score/batch", "/v1/leads", "/v2/models/leads/infer" })
            {
                using HttpResponseMessage response = await _service.Client.PostAsync(path, Json(body));
                string text = await response.Content.ReadAsStringAsync();
                ((int)response.StatusCode is 400 or 413 || text.Contains("\"status\":4", StringComparison.Ordinal)).ShouldBeTrue($"{path}: {(int)response.StatusCode} {text[..Math.Min(300, text.Length)]}");
            }
        }

        using var line = new StreamContent(new EndlessLine(size));
        line.Headers.ContentType = new("application/x-ndjson");
        try
        {
            using HttpResponseMessage response = await _service.Client.PostAsync("/v1/score/batch", line);
            (await response.Content.ReadAsStringAsync()).ShouldContain("\"status\":413");
        }
        catch (HttpRequestException)
        {
            // Answered and closed while the line was still being sent.
        }

        (await _service.IsReadyAsync()).ShouldBeTrue();
        output.WriteLine($"never more than {_service.PeakMegabytes:0} MB of memory");
        _service.PeakMegabytes.ShouldBeLessThan(512);
    }

    [Fact]
    public async Task BatchCaller_ThatSendsBeforeItReads_IsHeldUpAndThenAnswered()
    {
        const int leads = 60_000;
        byte[] body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(DrillFolder.Lead(1) + "\n", leads)));
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", _service.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/score/batch HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/x-ndjson\r\nContent-Length: {body.Length}\r\n\r\n"));
        int sent = 0, seen = -1;
        Task sending = Task.Run(async () =>
        {
            while (sent < body.Length)
            {
                sent += await socket.SendAsync(body.AsMemory(sent, Math.Min(64 * 1024, body.Length - sent)));
            }
        });
        while (seen != sent)
        {
            seen = sent;
            await Task.Delay(2_000);
        }

        sent.ShouldBeLessThan(body.Length, "answers that nobody takes are not to pile up");
        _service.Megabytes.ShouldBeLessThan(512);
        (await _service.Client.PostAsync("/v1/score", Json(DrillFolder.Lead(2)))).StatusCode.ShouldBe(HttpStatusCode.OK, "others are served meanwhile");

        byte[] buffer = new byte[256 * 1024];
        long answers = 0;
        for (int read; (read = await socket.ReceiveAsync(buffer)) > 0;)
        {
            answers += buffer.AsSpan(0, read).Count((byte)'\n');
        }

        await sending;
        answers.ShouldBeGreaterThanOrEqualTo(leads);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

    private static byte[] Zipped(int size)
    {
        var output = new MemoryStream();
        using (var stream = new GZipStream(output, CompressionLevel.Optimal))
        {
            byte[] chunk = new byte[1024 * 1024];
            Array.Fill(chunk, (byte)'[');
            for (int written = 0; written < size; written += chunk.Length)
            {
                stream.Write(chunk);
            }
        }

        return output.ToArray();
    }

    private sealed class EndlessLine(long length) : Stream
    {
        private long _given;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int given = (int)Math.Min(count, length - _given);
            buffer.AsSpan(offset, given).Fill((byte)'x');
            _given += given;
            return given;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
