using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Scorecard;
using LeadPredict.Storage;
using LeadPredict.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LeadPredict.Api.Tests;

/// <summary>The service in memory over a small model; its clock stands at 2025-07-01.</summary>
public sealed class ApiHost : IAsyncDisposable
{
    public const string AdminKey = "a-key-of-enough-length";

    private readonly TemporaryFolder _folder;
    private readonly WebApplication _app;

    private ApiHost(TemporaryFolder folder, WebApplication app, LogLines log)
    {
        _folder = folder;
        _app = app;
        Log = log;
        Client = app.GetTestClient();
        Repository = new(folder["models"]);
    }

    public HttpClient Client { get; }

    public ModelRepository Repository { get; }

    public LogLines Log { get; }

    public IServiceProvider Services => _app.Services;

    public static FakeTimeProvider Clock { get; } = new(new(2025, 7, 1, 0, 0, 0, TimeSpan.Zero));

    public static async Task<ApiHost> StartAsync(IHistoryStore? store = null, bool model = true, string? adminKey = null, Func<LeadPredictApiOptions, LeadPredictApiOptions>? change = null)
    {
        var folder = new TemporaryFolder();
        ModelRepository repository = new(folder["models"]);
        if (model)
        {
            int version = await repository.PublishAsync(SmallModels.Draft(scorecard: ScorecardDefinition.Default.Yaml));
            await repository.PromoteAsync("small", version);
        }

        var log = new LogLines();
        LeadPredictApiOptions options = new()
        {
            Models = folder["models"],
            Store = store,
            AdminKey = adminKey,
            Time = Clock,
            PollInterval = TimeSpan.Zero,
        };
        WebApplication app = LeadPredictApi.Create(change?.Invoke(options) ?? options, builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Services.AddSingleton<IStartupFilter, SentTargets>();
            builder.Services.AddSingleton<ILoggerProvider>(log);
        });
        await app.StartAsync();
        return new(folder, app, log);
    }

    /// <summary>Looks for new versions, as the service does by itself every few seconds.</summary>
    public void Refresh() => _app.Services.GetRequiredService<Handlers.ServedModels>().Pool.RefreshAll();

    public async Task<(int Status, JsonElement Body, string? Type)> PostAsync(string path, string json, string type = "application/json")
    {
        using HttpResponseMessage response = await Client.PostAsync(path, new StringContent(json, Encoding.UTF8, type));
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(), response.Content.Headers.ContentType?.MediaType);
    }

    public async Task<(int Status, JsonElement Body)> GetAsync(string path)
    {
        using HttpResponseMessage response = await Client.GetAsync(path);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Client.Dispose();
        _folder.Dispose();
    }
}

/// <summary>Gives requests the target that a server in memory leaves out.</summary>
internal sealed class SentTargets : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = context.Request.GetEncodedPathAndQuery();
            return following(context);
        });
        next(app);
    };
}

/// <summary>Keeps what is logged.</summary>
public sealed class LogLines : ILoggerProvider
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

    public IEnumerable<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Sink(_lines);

    public void Dispose()
    {
    }

    private sealed class Sink(System.Collections.Concurrent.ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {exception}");
    }
}
