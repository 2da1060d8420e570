using System.Net;
using LeadPredict.Api.Answers;
using LeadPredict.Api.Boards;
using LeadPredict.Api.Endpoints;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Events;
using LeadPredict.Api.Faces;
using LeadPredict.Api.Handlers;
using LeadPredict.Api.Health;
using LeadPredict.Api.Ingest;
using LeadPredict.Api.Ingest.Mapping;
using LeadPredict.Api.Limits;
using LeadPredict.Api.Metrics;
using LeadPredict.Api.OpenApi;
using LeadPredict.Api.Pages.Shell;
using LeadPredict.Api.People;
using LeadPredict.Api.Requests;
using LeadPredict.Api.Rescoring;
using LeadPredict.Api.Retention;
using LeadPredict.Api.ScoreLog;
using LeadPredict.Api.Security;
using LeadPredict.Scoring.Engines;
using LeadPredict.Storage.Keys;
using Microsoft.AspNetCore.Connections;

namespace LeadPredict.Api;

/// <summary>Builds the service.</summary>
public static class LeadPredictApi
{
    private const int ShortestKey = 16;

    /// <summary>
    /// Connections that may wait to be taken, as far as the machine allows (net.core.somaxconn, usually 4,096). What comes when these are full is thrown away: a
    /// caller is then let in seconds later, when the machine tries again, or is told in the middle that its connection is none.
    /// </summary>
    private const int MostUnaccepted = 65_535;

    /// <summary>How long the service takes at most to end, drain included: what was accepted is answered by then, or given up.</summary>
    public static TimeSpan LongestEnd { get; } = TimeSpan.FromSeconds(28);

    /// <summary>The service, ready to start.</summary>
    /// <param name="options">What it serves.</param>
    /// <param name="configure">Changes the builder before the service is built, for example to host it in a test; or null.</param>
    /// <exception cref="ArgumentException">The admin key is too short to be safe or no header carries it, events would leave unsafely, or an address is none or lets others in without keys.</exception>
    /// <exception cref="IngestMappingException">The company's own ingest mapping is wrong.</exception>
    public static WebApplication Create(LeadPredictApiOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        Task<CompiledModel?> ahead = Task.Run(() => ServedModels.Ahead(options));
        if (options.AdminKey is { Length: < ShortestKey })
        {
            throw new ArgumentException($"an admin key of {options.AdminKey.Length} characters; expected {ShortestKey} or more");
        }

        if (options.AdminKey is { } key && !HeaderText.Carries(key))
        {
            throw new ArgumentException("an admin key with a character that no header carries; expected visible ASCII characters");
        }

        options.Events?.Check();
        IngestMapping mapping = IngestMapping.Read(options.Ingest.Mapping);
        if (options.Events is { Format: EventFormat.HubSpot } events)
        {
            options = options with { Events = events with { LeadIdPrefix = mapping.Of(EventFormat.HubSpot.ToString().ToLowerInvariant()).LeadIdPrefix } };
        }

        string[] urls = options.Urls?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        if (options.Urls is not null && urls.Length == 0)
        {
            // The framework would listen where it pleases.
            throw new ArgumentException($"'{options.Urls}' names no address to listen on; expected one such as http://127.0.0.1:5080");
        }

        if (urls.FirstOrDefault(url => !IsAddress(url)) is { } wrong)
        {
            throw new ArgumentException($"'{wrong}' is no address to listen on; expected one such as http://127.0.0.1:5080");
        }

        if (urls.FirstOrDefault(url => BindingAddress.Parse(url).Scheme != "http") is { } secured)
        {
            throw new ArgumentException($"'{secured}': the service speaks HTTP and leaves TLS to a proxy in front; expected an address such as http://127.0.0.1:5080");
        }

        if (options.AdminKey is null && options.Operations is null && urls.FirstOrDefault(url => !KeyGate.IsLoopback(url)) is { } open)
        {
            throw new ArgumentException(
                $"{open} is not a loopback address, so callers need keys, and there is neither a store that has any nor an admin key; give --store, or a key in $LEADPREDICT_ADMIN_KEY");
        }

        // The framework's other builders read appsettings.json of whatever folder they are started in, which may name other addresses, and watch
        // all that lies below it; and an environment variable makes them show stack traces.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new() { EnvironmentName = Environments.Production, ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        if (urls.Length > 0)
        {
            builder.WebHost.UseUrls(urls);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestLimits.BodyBytes;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.MaxConcurrentConnections = OpenFiles.MostConnections();
        });

        // A request then runs where its bytes came in instead of changing threads twice. On Linux that is a thread of the pool too.
        builder.WebHost.UseSockets(sockets =>
        {
            sockets.UnsafePreferInlineScheduling = OperatingSystem.IsLinux();
            sockets.Backlog = MostUnaccepted;
        });
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, TransferBlocks>();

        // The framework logs paths, and a path can hold a lead's identifier, which may be an e-mail address.
        builder.Logging.AddServiceLog(options.JsonLogs);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        // A line for each connection beyond the limit would be a flood of its own; kestrel.rejected_connections counts them.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.Connections", LogLevel.Error);

        // As long as this one may log anything the framework makes an activity and a scope for each request, which no line of the log shows.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);

        // Why it cannot start is thrown to whoever starts it.
        bool started = false;
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => started && level >= LogLevel.Information);
        builder.Services.ConfigureHttpJsonOptions(json => AnswerJson.Configure(json.SerializerOptions));
        builder.Services.AddSingleton(options);

        // What is registered first ends last: a collector that hangs takes no time from the score log.
        builder.Services.AddTelemetryExport();
        builder.Services.AddSingleton<ServedModels>();
        builder.Services.AddSingleton<ScoreHandler>();
        builder.Services.AddSingleton<ChallengerShadow>();
        builder.Services.AddSingleton(services => new ScoreLogWriter(
            options, options.Operations?.Scores, services.GetRequiredService<ChallengerShadow>(), services.GetRequiredService<ILogger<ScoreLogWriter>>()));
        builder.Services.AddHostedService(services => services.GetRequiredService<ScoreLogWriter>());
        builder.Services.AddSingleton<BatchHandler>();
        builder.Services.AddSingleton<ChangedLeads>();
        builder.Services.AddSingleton<LeftOutLeads>();
        builder.Services.AddSingleton<StoreRefusals>();
        builder.Services.AddSingleton<Rescorer>();
        builder.Services.AddHostedService<RescoringWorker>();
        builder.Services.AddHostedService<EventSender>();
        builder.Services.AddHostedService<RetentionWorker>();
        builder.Services.AddSingleton<FaceScores>();
        builder.Services.AddSingleton<LeadHandler>();
        builder.Services.AddSingleton<ModelHandler>();
        builder.Services.AddSingleton<IngestHandler>();
        builder.Services.AddSingleton<PeopleHandler>();
        builder.Services.AddSingleton<CallKeeper>();
        builder.Services.AddSingleton<BoardKeeper>();
        builder.Services.AddHostedService<BoardAhead>();
        builder.Services.AddSingleton<CallListHandler>();
        builder.Services.AddSingleton<HandOffHandler>();
        builder.Services.AddSingleton<KeyRing>();
        builder.Services.AddSingleton<KeyGate>();
        builder.Services.AddSingleton<AdminAudit>();
        builder.Services.AddSingleton<FormToken>();
        builder.Services.AddSingleton<PageRenderer>();
        builder.Services.AddSingleton<PageAnswer>();
        builder.Services.AddSingleton<PageHandler>();
        builder.Services.AddSingleton<Drain>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Drain>());
        builder.Services.AddSingleton<HealthReport>();
        builder.Services.AddSingleton<ServiceMetrics>();
        builder.Services.AddSingleton<MetricsReading>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestEnd);
        builder.Services.AddTrafficLimits(options);
        builder.Services.AddLeadPredictOpenApi();
        configure?.Invoke(builder);

        WebApplication app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => started = true);
        app.UseSecurityHeaders();
        app.UseDrain();
        app.UseProblems();
        app.UseHeadAsGet();
        app.UseRouting();
        app.Use(app.Services.GetRequiredService<KeyGate>().PassAsync);
        app.Use(app.Services.GetRequiredService<QueueDelay>().RefuseLateAsync);
        app.Use(QueryNames.DemandAsync);
        app.Use(PathTexts.ReadAsync);
        app.Use(app.Services.GetRequiredService<BodyFirst>().WaitAsync);
        app.UseRateLimiter();
        app.UseRequestTimeouts();
        app.UseRequestDecompression();
        app.MapScores();
        app.MapLeads();
        app.MapIngestEndpoints(mapping);
        app.MapPeople();
        app.MapModels();
        app.MapComparison();
        app.MapGroup("").RequireScope(AccessScopes.Read).MapFunnel();
        app.MapGroup("").RequireScope(AccessScopes.Ingest).MapHandOff();
        app.MapGroup("").RequireScope(AccessScopes.Admin).MapDefinitions();
        app.MapAudit();
        app.MapEvents();
        app.MapFaces();
        app.MapHealth();
        app.MapSignIn();
        app.MapPages();
        app.MapOpenApi("/openapi/{documentName}.json").AllowWithoutKey();
        app.Services.GetRequiredService<MetricsReading>();
        app.Services.GetRequiredService<ServiceMetrics>();
        app.Services.GetRequiredService<ServedModels>().Start(ahead.GetAwaiter().GetResult());
        return app;
    }

    private static bool IsAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);

            // A host that ends in something else than a port, such as unix:sock, would be taken for every address of the machine.
            return address.Scheme is "http" or "https" && address.Port is >= 0 and <= IPEndPoint.MaxPort
                && (address.IsUnixPipe || IsIPv6(address.Host) || address.Host.AsSpan().IndexOfAny("[]:") < 0);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsIPv6(string host) => host is ['[', .., ']'] && IPAddress.TryParse(host[1..^1], out _);
}
