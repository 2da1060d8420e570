using System.Net.Sockets;
using System.Text;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Scorecard;
using LeadPredict.Storage;
using LeadPredict.Storage.Operations;
using Microsoft.AspNetCore.Builder;

namespace LeadPredict.Api.Tests;

/// <summary>The service over sockets, on a store of its own: the server of the other tests does not get requests as they were sent.</summary>
public sealed class SocketApi : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private OperationsStore _operations = null!;
    private WebApplication _app = null!;

    public IHistoryStore Store { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        ModelRepository repository = new(_folder["models"]);
        await repository.PromoteAsync("small", await repository.PublishAsync(SmallModels.Draft(scorecard: ScorecardDefinition.Default.Yaml)));
        string connection = "sqlite:" + _folder["history.db"];
        Store = await HistoryStores.OpenAsync(connection, create: true);
        _operations = await OperationsStore.OpenAsync(connection, create: true);
        _app = LeadPredictApi.Create(new() { Models = _folder["models"], Store = Store, Operations = _operations, Urls = "http://127.0.0.1:0", PollInterval = TimeSpan.Zero, Time = ApiHost.Clock });
        await _app.StartAsync();
        Address = new(_app.Urls.First());
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _operations.DisposeAsync();
        await Store.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Sends a request on a connection of its own and reads what comes until the service ends it.</summary>
    /// <param name="method">The method.</param>
    /// <param name="target">The target as it goes out.</param>
    /// <param name="rest">Further headers, each with its end of line, a blank line and the body.</param>
    /// <returns>The status, the headers with the first line, and the body as it came.</returns>
    public async Task<(int Status, string Head, string Body)> SendAsync(string method, string target, string rest)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Address.Host, Address.Port);
        NetworkStream stream = socket.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"{method} {target} HTTP/1.1\r\nHost: {Address.Authority}\r\nConnection: close\r\n{rest}"));
        using var reader = new StreamReader(stream);
        string[] answer = (await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20))).Split("\r\n\r\n", 2);
        return (int.Parse(answer[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), answer[0], answer[1]);
    }
}
