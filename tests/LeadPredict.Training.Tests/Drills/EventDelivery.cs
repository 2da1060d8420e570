using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using LeadPredict.Testing;
using Microsoft.Data.Sqlite;

namespace LeadPredict.Training.Tests.Drills;

/// <summary>Events out of a service whose receiver, or which itself, fails again and again: each arrives at least once, each lead's in order.</summary>
public sealed class EventDelivery : IDisposable
{
    private const int Leads = 12;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-events-");
    private readonly DrillFolder _models;
    private readonly EventReceiver _receiver = new(FreePort.Next());
    private readonly int _port = FreePort.Next();
    private ServiceProcess? _service;
    private int _change;

    public EventDelivery() => _models = DrillFolder.CreateAsync().GetAwaiter().GetResult();

    private string Database => Path.Combine(_folder.FullName, "leads.db");

    public void Dispose()
    {
        _receiver.Dispose();
        _models.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task ReceiverThatIsDown_GetsAllWhenItIsBack()
    {
        await StartAsync();
        var down = TimeSpan.FromSeconds(Drill.Rounds(3, 600));
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < down;)
        {
            await ChangeAsync();
            await Task.Delay(Drill.Rounds(300, 5_000));
        }

        _receiver.Start();
        await ShouldArriveAsync(Drill.Rounds(60, 1_200));
    }

    [Fact]
    public async Task ReceiverKilledInDeliveries_GetsAll()
    {
        await StartAsync();
        var random = new Random(3);
        for (int kill = 0; kill < Drill.Rounds(2, 50); kill++)
        {
            Task killed = _receiver.InDeliveryAsync(random.Next(1, Leads + 1), _receiver.Kill);
            _receiver.Start();
            await ChangesUntilAsync(killed);
            await ChangeAsync();
            await Task.Delay(random.Next(1_500));
        }

        _receiver.Start();
        await ShouldArriveAsync(Drill.Rounds(90, 1_200));
        _receiver.Arrived.Count.ShouldBeGreaterThan(_receiver.Arrived.Distinct().Count(), "what was not answered comes again");
    }

    [Fact]
    public async Task SenderKilled_SendsAll()
    {
        var random = new Random(4);
        _receiver.Start();
        for (int kill = 0; kill < Drill.Rounds(1, 50); kill++)
        {
            await StartAsync();
            Task killed = _receiver.InDeliveryAsync(random.Next(1, Leads + 1), _service!.Kill);
            await ChangesUntilAsync(killed);
            await _service.DisposeAsync();
        }

        await StartAsync();
        await ShouldArriveAsync(Drill.Rounds(90, 1_200));
        _receiver.Arrived.Count.ShouldBeGreaterThan(_receiver.Arrived.Distinct().Count(), "what was not noted as delivered comes again");
    }

    /// <summary>Changes all leads again and again, as only what changes makes events, until a kill in the middle of a delivery is done.</summary>
    private async Task ChangesUntilAsync(Task killed)
    {
        for (int changes = 0; await Task.WhenAny(killed, Task.Delay(2_000)) != killed; changes++)
        {
            changes.ShouldBeLessThan(60, $"no events come\n{_service!.Said}");
            try
            {
                await ChangeAsync();
            }
            catch (HttpRequestException)
            {
                // Killed while it took the change, or else broken.
                await killed.WaitAsync(TimeSpan.FromSeconds(5));
            }
        }

        await killed;
    }

    private async Task StartAsync() => _service = await ServiceProcess.StartAsync(
        _models.Models, "sqlite:" + Database, _port, "--create-store", "--events-url", _receiver.Url, "--rescore-hours", "1");

    /// <summary>Moves every lead to and fro between two stages, which changes its next step.</summary>
    private async Task ChangeAsync()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        string At(TimeSpan before) => (now - before).ToString("O", CultureInfo.InvariantCulture);
        if (_change == 0)
        {
            await SendAsync("/v1/leads", Enumerable.Range(0, Leads).Select(i => new { id = $"l{i}", createdAt = At(TimeSpan.FromHours(2)) }));
        }

        _change++;
        await SendAsync("/v1/transitions", Enumerable.Range(0, Leads).Select(i => new { id = $"l{i}/{_change}", leadId = $"l{i}", to = Stage(), occurredAt = At(TimeSpan.FromMilliseconds(10)) }));
    }

    private string Stage() => _change % 2 == 0 ? "Recycled" : "MarketingQualified";

    private async Task SendAsync<T>(string path, IEnumerable<T> rows)
    {
        using HttpResponseMessage response = await _service!.Client.PostAsJsonAsync(path, rows);
        ((int)response.StatusCode).ShouldBe(200, await response.Content.ReadAsStringAsync());
    }

    private async Task ShouldArriveAsync(int patienceInSeconds)
    {
        // Two last changes, each scored: the second makes an event of every lead, and after its scores no more events can come.
        var clock = Stopwatch.StartNew();
        for (int change = 0; change < 2; change++)
        {
            string present = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
            await ChangeAsync();
            await NoneAsync($"SELECT {Leads} - count(*) FROM lead_scores WHERE as_of > {present} * 1000 AND stage = '{Stage()}'", clock, patienceInSeconds);
        }

        await NoneAsync("SELECT count(*) FROM outbox WHERE delivered_at IS NULL", clock, patienceInSeconds);
        await _service!.DisposeAsync();
        string[] firsts = [.. _receiver.Arrived.Distinct()];
        List<(string Event, string Lead)> kept = await KeptAsync();
        kept.Count.ShouldBeGreaterThanOrEqualTo(Leads);
        kept.Select(row => row.Event).Except(firsts).ShouldBeEmpty();
        Dictionary<string, string> leadOf = kept.ToDictionary(row => row.Event, row => row.Lead);
        foreach (IGrouping<string, (string Event, string Lead)> lead in kept.GroupBy(row => row.Lead))
        {
            firsts.Where(id => leadOf[id] == lead.Key).ShouldBe(lead.Select(row => row.Event), "in order of the lead");
        }
    }

    private async Task NoneAsync(string query, Stopwatch clock, int patienceInSeconds)
    {
        while (await CountAsync(query) > 0)
        {
            clock.Elapsed.TotalSeconds.ShouldBeLessThan(patienceInSeconds, $"events still wait\n{_service!.Said}");
            await Task.Delay(500);
        }
    }

    private async Task<long> CountAsync(string query)
    {
        await using SqliteConnection connection = await OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = query;
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task<List<(string Event, string Lead)>> KeptAsync()
    {
        await using SqliteConnection connection = await OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT event_id, lead_id FROM outbox ORDER BY id";
        await using SqliteDataReader reader = await command.ExecuteReaderAsync();
        var kept = new List<(string, string)>();
        while (await reader.ReadAsync())
        {
            kept.Add((reader.GetString(0), reader.GetString(1)));
        }

        return kept;
    }

    private async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection($"Data Source={Database};Mode=ReadWrite;Pooling=False");
        await connection.OpenAsync();
        return connection;
    }
}
