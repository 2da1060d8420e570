using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Storage.Operations;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Training.Tests.Drills;

/// <summary>Ends of processes, wanted and not.</summary>
public sealed class ServiceEnds
{
    [Fact]
    public async Task Termination_UnderLoad_LosesNoAcceptedRequestAndNoLoggedScore()
    {
        for (int round = 0; round < Drill.Rounds(1, 50); round++)
        {
            using DrillFolder folder = await DrillFolder.CreateAsync();
            await using ServiceProcess service = await ServiceProcess.StartAsync(folder.Models, folder.Store, "--create-store", "--drain-seconds", "1", "--rescore-hours", "0");
            using var done = new CancellationTokenSource();
            int answered = 0, lost = 0, notReady = 0;
            Task[] callers = [.. Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
            {
                byte[] request = Request(DrillFolder.Lead(caller));
                while (!done.IsCancellationRequested && Volatile.Read(ref notReady) == 0)
                {
                    // As behind a load balancer: no new connections once the service is not ready, and one that was taken must answer all that
                    // was sent on it, also while the service ends.
                    using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                    try
                    {
                        await socket.ConnectAsync("127.0.0.1", service.Port);
                    }
                    catch (SocketException)
                    {
                        // On a busy machine the watch may learn a second late that the service is not ready. Nothing was taken here.
                        break;
                    }

                    while (!done.IsCancellationRequested)
                    {
                        await socket.SendAsync(request);
                        string? answer = await AnswerAsync(socket);
                        Interlocked.Increment(ref answer is not null && answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal) ? ref answered : ref lost);
                        if (answer is null || answer.Contains("Connection: close", StringComparison.Ordinal))
                        {
                            break;
                        }
                    }
                }
            }))];
            Task watching = Task.Run(async () =>
            {
                while (!service.HasExited)
                {
                    try
                    {
                        using HttpResponseMessage ready = await service.Client.GetAsync("/health/ready");
                        Interlocked.Add(ref notReady, (int)ready.StatusCode == 503 ? 1 : 0);
                    }
                    catch (Exception refused) when (refused is HttpRequestException or SocketException)
                    {
                        // HttpClient lets a socket's own fault through where the connection ends as it is made.
                        return;
                    }
                }
            });
            await Task.Delay(500);
            var clock = Stopwatch.StartNew();
            (await service.TerminateAsync(TimeSpan.FromSeconds(30))).ShouldBe(0);
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
            await done.CancelAsync();
            await Task.WhenAll([.. callers, watching]);

            lost.ShouldBe(0, service.Said);
            answered.ShouldBeGreaterThan(10);
            notReady.ShouldBeGreaterThan(0, "readiness goes down while requests are still taken");
            await using OperationsStore operations = await OperationsStore.OpenAsync(folder.Store, create: false);
            int logged = 0;
            await foreach (LoggedScore _ in operations.Scores.OfModelAsync("leads", DateTimeOffset.UnixEpoch))
            {
                logged++;
            }

            logged.ShouldBeGreaterThanOrEqualTo(answered);
        }
    }

    [Fact]
    public async Task Termination_WithALongDrain_AnswersUntilItEndsAndLeavesInPeace()
    {
        using DrillFolder folder = await DrillFolder.CreateAsync();
        await using ServiceProcess service = await ServiceProcess.StartAsync(folder.Models, folder.Store, "--create-store", "--drain-seconds", "4", "--rescore-hours", "0");
        var clock = Stopwatch.StartNew();
        Task<int> end = service.TerminateAsync(TimeSpan.FromSeconds(30));
        while (clock.Elapsed < TimeSpan.FromSeconds(3.5))
        {
            using HttpResponseMessage answer = await service.Client.PostAsync("/v1/score", new StringContent(DrillFolder.Lead(1), Encoding.UTF8, "application/json"));
            answer.IsSuccessStatusCode.ShouldBeTrue($"{answer.StatusCode} after {clock.Elapsed}\n{service.Said}");
            await Task.Delay(50);
        }

        (await end).ShouldBe(0, service.Said);
        clock.Elapsed.TotalSeconds.ShouldBeInRange(4, 30);
    }

    [Fact]
    public async Task Termination_WithABatchUnderWay_AnswersAllOfIt()
    {
        using DrillFolder folder = await DrillFolder.CreateAsync();
        await using ServiceProcess service = await ServiceProcess.StartAsync(folder.Models, folder.Store, "--create-store", "--rescore-hours", "0");
        byte[] line = Encoding.UTF8.GetBytes(DrillFolder.Lead(1) + "\n");
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", service.Port);
        await socket.SendAsync(Encoding.UTF8.GetBytes(
            $"POST /v1/score/batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\nContent-Length: {2 * line.Length}\r\n\r\n"));
        await socket.SendAsync(line);
        await Task.Delay(500);
        Task<int> end = service.TerminateAsync(TimeSpan.FromSeconds(30));
        await Task.Delay(4_000);
        await socket.SendAsync(line);
        var answer = new MemoryStream();
        await new NetworkStream(socket).CopyToAsync(answer);
        string text = Encoding.UTF8.GetString(answer.ToArray());
        text.ShouldStartWith("HTTP/1.1 200");
        text.Split("{\"leadId\"").Length.ShouldBe(3, text);
        (await end).ShouldBe(0, service.Said);
    }

    [Fact]
    public async Task Promotions_KilledAtAnyPoint_LeaveOneWholeVersion()
    {
        using DrillFolder folder = await DrillFolder.CreateAsync();
        string body = DrillFolder.Lead(1);
        string[] offline = [.. new[] { 1, 2 }.Select(version => folder.Offline(version, [body])[0])];
        var random = new Random(5);
        int changed = 0, last = 1, longest = 0;
        for (int kill = 0; kill <= Drill.Rounds(6, 200); kill++)
        {
            // What the kill before left is what this start serves.
            await using ServiceProcess service = await ServiceProcess.StartAsync(folder.Models, folder.Store, "--create-store", "--rescore-hours", "0");
            int version = folder.Repository.Aliases("leads").Champion!.Value;
            folder.Repository.Load(new("leads", null, ModelAlias.Champion)).Version.ShouldBe(version);
            using HttpResponseMessage answer = await service.Client.PostAsync("/v1/score", new StringContent(body, Encoding.UTF8, "application/json"));
            (await answer.Content.ReadAsStringAsync()).ShouldBe(offline[version - 1], $"of version {version}, after kill {kill}\n{service.Said}");
            changed += version == last ? 0 : 1;
            last = version;

            if (kill == 0)
            {
                // How long two take on this machine: there and back, so that nothing has changed yet.
                var both = Stopwatch.StartNew();
                await service.PromoteAsync("leads", 3 - version);
                await service.PromoteAsync("leads", version);
                longest = Math.Max(200, (int)both.ElapsedMilliseconds);
            }

            // Promotions follow each other without a pause, so nearly every kill is in the middle of one.
            Task promotions = PromoteUntilBrokenAsync(service, 3 - version);
            await Task.Delay(random.Next(5, longest));
            service.Kill();
            await promotions;
        }

        changed.ShouldBeGreaterThan(0);
        (await folder.Repository.PromoteAsync("leads", 2)).Champion.ShouldBe(2);
    }

    private static async Task PromoteUntilBrokenAsync(ServiceProcess service, int version)
    {
        try
        {
            for (; ; version = 3 - version)
            {
                await service.PromoteAsync("leads", version);
            }
        }
        catch (HttpRequestException)
        {
            // Killed.
        }
    }

    private static byte[] Request(string body) => Encoding.UTF8.GetBytes(
        $"POST /v1/score HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    private static async Task<string?> AnswerAsync(Socket socket)
    {
        byte[] buffer = new byte[64 * 1024];
        int filled = 0;
        while (true)
        {
            int read;
            try
            {
                read = await socket.ReceiveAsync(buffer.AsMemory(filled));
            }
            catch (SocketException)
            {
                return null;
            }

            filled += read;
            string text = Encoding.UTF8.GetString(buffer, 0, filled);
            int head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            int at = text.IndexOf("Content-Length: ", StringComparison.Ordinal);
            if (head > 0 && at > 0 && filled >= head + 4 + int.Parse(text.AsSpan(at + 16, text.IndexOf('\r', at) - at - 16), System.Globalization.CultureInfo.InvariantCulture))
            {
                return text;
            }

            if (read == 0)
            {
                return null;
            }
        }
    }
}
