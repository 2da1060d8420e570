using LeadPredict.Api.Answers;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Handlers;
using LeadPredict.Api.ScoreLog;
using LeadPredict.Scoring.Pool;
using LeadPredict.Storage.Errors;

namespace LeadPredict.Api.Health;

/// <summary>Looks at what the service needs. Only a missing model or the service's end make it not ready: leads that come whole are scored without a store.</summary>
internal sealed class HealthReport(ServedModels models, LeadPredictApiOptions options, ScoreLogWriter scores, StoreRefusals refusals, Drain drain)
{
    private const long LeastFree = 256L << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthAnswer> ReadyAsync(CancellationToken cancellation)
    {
        (HealthCheck model, string? serving) = Model();
        HealthCheck[] checks = [model, await StoreAsync(cancellation), Disk()];
        string? fault = drain.HasBegun ? "the service is ending" : checks.FirstOrDefault(check => check.Status == HealthCheck.Failing)?.Detail ?? model.Detail;
        string status = drain.HasBegun || model.Status == HealthCheck.Failing ? "notReady"
            : checks.Any(check => check.Status == HealthCheck.Failing) ? "degraded"
            : "ready";
        return new(status, serving, fault, checks);
    }

    private (HealthCheck Check, string? Serving) Model()
    {
        try
        {
            if (models.DefaultOfAll() is not { } name)
            {
                return (new("model", HealthCheck.Failing, "no model was promoted yet"), null);
            }

            using PredictionEngineLease lease = models.RentAny(null);
            string? refused = models.Pool.Status().First(status => status.Engine == name).Fault;
            return (new("model", HealthCheck.Good, refused), lease.Model.ToString());
        }
        catch (Exception fault) when (ProblemMapping.Of(fault) is { } problem)
        {
            return (new("model", HealthCheck.Failing, problem.Detail), null);
        }
    }

    private async Task<HealthCheck> StoreAsync(CancellationToken cancellation)
    {
        if (options.Operations is null)
        {
            return new("store", HealthCheck.Absent, "none: leads are scored when they come whole");
        }

        try
        {
            await options.Operations.PingAsync(cancellation).WaitAsync(Patience, cancellation);
            return scores.StoreIsAway ? new("store", HealthCheck.Failing, "the store cannot be written; scores that are given wait to be logged")
                : refusals.AnyLately ? new("store", HealthCheck.Failing, "the database, or a pooler before it, lacks what the service needs; its log tells what")
                : new("store", HealthCheck.Good, null);
        }
        catch (StoreFileException moved) when (moved.IsMoved)
        {
            return new("store", HealthCheck.Failing, "the store's file was replaced or moved while it was open; stop the service, then put the file in place and start again");
        }
        catch (Exception fault) when (fault is StorageException or TimeoutException)
        {
            // Where the database stands is the operator's business; this is answered without a key.
            return new("store", HealthCheck.Failing, "the lead history does not answer; leads are scored when they come whole");
        }
    }

    private HealthCheck Disk()
    {
        // What is written lies in three places, often on disks of their own.
        (string What, string? Path)[] places =
        [
            ("the models are", options.Models),
            ("the store is", options.Operations?.File),
            ("scores wait", scores.IsOn ? options.ScoreSpool : null),
        ];
        foreach ((string what, string? path) in places)
        {
            if (path is not null && DiskFault(what, Path.GetFullPath(path)) is { } fault)
            {
                return new("disk", HealthCheck.Failing, fault);
            }
        }

        return new("disk", HealthCheck.Good, null);
    }

    private static string? DiskFault(string what, string path)
    {
        try
        {
            long free = new DriveInfo(path).AvailableFreeSpace;
            return free >= LeastFree ? null : $"{free >> 20} MB are left where {what}; expected {LeastFree >> 20} or more";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"the disk where {what} cannot be read";
        }
    }
}
