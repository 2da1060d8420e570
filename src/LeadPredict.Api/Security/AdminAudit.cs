using LeadPredict.Api.Errors;
using LeadPredict.Storage.Audit;
using LeadPredict.Storage.Errors;

namespace LeadPredict.Api.Security;

/// <summary>Writes down what administrators do and try: to the log, and to the store where there is one.</summary>
internal sealed class AdminAudit(LeadPredictApiOptions options, ILogger<AdminAudit> log)
{
    /// <summary>Does something and writes down how it went.</summary>
    public async Task<T> DoAsync<T>(HttpContext context, string action, string subject, Func<Task<T>> work)
    {
        string actor = Caller.Of(context).Name;
        T result;
        try
        {
            result = await work();
        }
        catch (Exception fault)
        {
            await WriteAsync(new(options.Time.GetUtcNow(), actor, action, subject, $"refused: {fault.GetType().Name}"));
            throw;
        }

        await WriteAsync(new(options.Time.GetUtcNow(), actor, action, subject, "done"));
        return result;
    }

    private async Task WriteAsync(AuditEntry entry)
    {
        log.LogInformation("Audit: {Actor} {Action} {Subject}: {Outcome}", entry.Actor, entry.Action, entry.Subject, entry.Outcome);
        if (options.Operations is null)
        {
            return;
        }

        try
        {
            // Not the request's token: what was done is written down also when the caller has gone.
            await options.Operations.Audit.AppendAsync(entry, CancellationToken.None);
        }
        catch (Exception fault)
        {
            // What was done is done, whatever keeps it from being written down.
            log.LogError("The audit could not be written to the store: {Fault}", fault is StorageException ? fault.Message : LoggedFault.Name(fault));
        }
    }
}
