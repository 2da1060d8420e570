using System.Net.Sockets;
using LeadPredict.Api;
using LeadPredict.Storage;
using LeadPredict.Storage.Errors;
using LeadPredict.Storage.Operations;
using LeadPredict.Storage.Scores;
using LeadPredict.Training.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LeadPredict.Training.Serve;

/// <summary>Runs the service until it is stopped; <c>quickstart</c> ends with it too.</summary>
internal static class ServiceRun
{
    /// <summary>Where the service listens when nothing is said.</summary>
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>The environment variable with the admin key. It is no option, since command lines are seen by all users of a machine.</summary>
    public const string AdminKeyVariable = "LEADPREDICT_ADMIN_KEY";

    /// <summary>Serves until cancelled or interrupted. To be stopped is how a service ends, during its start too.</summary>
    /// <exception cref="RefusalException">The address cannot be listened on, or the admin key is too short.</exception>
    public static async Task RunAsync(ConsoleHost host, LeadPredictApiOptions options, string store, bool create, CancellationToken cancellation)
    {
        try
        {
            await ServeAsync(host, options, store, create, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
    }

    private static async Task ServeAsync(ConsoleHost host, LeadPredictApiOptions options, string store, bool create, CancellationToken cancellation)
    {
        await using IHistoryStore? history = await OpenAsync(store, create, cancellation);
        if (history is null && options.Events is not null)
        {
            throw new RefusalException($"there is no store at {HistoryStores.Shown(store)}, and events are told of its leads: --create-store makes one, or leave --events-url out");
        }

        if (history is null && !options.JsonLogs)
        {
            host.Error.WriteLine(NoStore(store));
        }

        await using OperationsStore? operations = history is null ? null : await OperationsStore.OpenAsync(store, create: false, cancellation);
        await using WebApplication app = Create(options with
        {
            Store = history,
            Operations = operations,
            ScoreSpool = operations is null || options.ScoreSpoolBytes == 0 ? null : options.ScoreSpool ?? ScoreSpool.FolderFor(store),
            ScoreSpoolOf = options.ScoreSpool is null ? null : ScoreSpool.WhoseFor(store),
            AdminKey = EnvironmentText.Read(AdminKeyVariable),
            LookAhead = true,
            Time = host.Time,
        });
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The host may hear the signal before the command does.
            return;
        }
        catch (Exception refused) when (refused is IOException or SocketException or UriFormatException or FormatException or InvalidOperationException)
        {
            throw new RefusalException($"cannot listen on {options.Urls}: {refused.Message.TrimEnd('.')}; choose another address with --urls", refused);
        }

        if (!options.JsonLogs)
        {
            foreach (string url in app.Urls)
            {
                host.Error.WriteLine($"serving on {url}, stop with Ctrl+C");
            }
        }
        else if (history is null)
        {
            // Nothing but JSON stands in a log of JSON; where it listens the server says itself.
            app.Logger.LogWarning("{Fault}", NoStore(store));
        }

        await app.WaitForShutdownAsync(cancellation);
        ThrowIfFailed(app.Services.GetServices<IHostedService>());
    }

    /// <summary>The host ends in order when one of its services fails. What the fault says stands in the log, and may be of leads.</summary>
    private static void ThrowIfFailed(IEnumerable<IHostedService> services)
    {
        if (services.OfType<BackgroundService>().FirstOrDefault(service => service.ExecuteTask is { IsFaulted: true }) is { ExecuteTask.Exception: { } fault } failed)
        {
            throw new InvalidOperationException($"{failed.GetType().Name} failed with {fault.GetBaseException().GetType().FullName}, and the service with it; its log says where");
        }
    }

    private static WebApplication Create(LeadPredictApiOptions options)
    {
        try
        {
            return LeadPredictApi.Create(options);
        }
        catch (ArgumentException fault)
        {
            throw new RefusalException($"cannot serve: {fault.Message}", fault);
        }
    }

    private static string NoStore(string store) =>
        $"no store at {HistoryStores.Shown(store)}: leads can be scored inline, not by identifier; --create-store makes one";

    /// <summary>Without a store leads can be scored inline all the same.</summary>
    private static async Task<IHistoryStore?> OpenAsync(string store, bool create, CancellationToken cancellation)
    {
        try
        {
            return await HistoryStores.OpenAsync(store, create, cancellation);
        }
        catch (StoreNotFoundException)
        {
            return null;
        }
    }
}
