using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage;
using LeadPredict.Training.Csv;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Import.Recipes;
using LeadPredict.Training.Import.Rows;

namespace LeadPredict.Training.Import.Running;

/// <summary>Runs an import: everything is read and checked once before the first row is written, then read again and written in batches.</summary>
internal sealed partial class ImportRun(ImportPlan plan, ConsoleHost host)
{
    private const int BatchRows = 5000, MostNamed = 20;
    private readonly List<FileReport> _files = [];
    private readonly List<string> _notes = [];
    private readonly List<LeadAlias> _aliases = [];
    private readonly List<MergedLead> _merges = [];
    private readonly ToldDeals _deals = new();
    private readonly ValuesBefore _before = ValuesBefore.Of(plan.Recipe);
    private readonly RecurringInstants _instants = RecurringInstants.Of(plan.Files.Sum(file => new FileInfo(file.Path).Length));
    private readonly UnmetTypes _unmet = new();
    private NearNames? _near;
    private AppendResult _result = AppendResult.Empty;

    /// <summary>Reads every file to its end without writing.</summary>
    /// <exception cref="RecipeException">Columns are missing.</exception>
    /// <exception cref="CsvException">A file cannot be read to its end.</exception>
    /// <exception cref="RefusalException">Nothing of a file can be taken: the recipe is not for it.</exception>
    public void Check(CancellationToken ct)
    {
        var faults = new List<RecipeFault>();
        foreach (PlannedFile file in plan.Files)
        {
            BoundFile.Open(file, plan.Recipe.Format, faults, new(), _before).Dispose();
        }

        if (faults.Count > 0)
        {
            throw new RecipeException(plan.Recipe.Name, [.. faults.Distinct().OrderBy(fault => fault.Line).ThenBy(fault => fault.Column)]);
        }

        foreach (PlannedFile file in plan.Files)
        {
            Check(file, ct);
        }

        _before.Seal();
        _instants.Seal();
    }

    /// <summary>The leads that the files bring, for one who wants to know before anything is written.</summary>
    public IReadOnlyList<Lead> ReadLeads(CancellationToken ct)
    {
        var leads = new List<Lead>();
        foreach (PlannedFile file in plan.Files.Where(file => file.Recipe.Lead is not null))
        {
            using BoundFile bound = BoundFile.Open(file, plan.Recipe.Format, [], new(), _before);
            foreach (CsvRecord _ in bound.Map())
            {
                ct.ThrowIfCancellationRequested();
            }

            leads.AddRange(bound.Mapper.Rows.Take(_instants).Batch.Leads);
        }

        return leads;
    }

    /// <summary>Writes everything to the store.</summary>
    public async Task<ImportReport> WriteAsync(IHistoryStore store, RejectsLog rejects, CancellationToken ct)
    {
        if (plan.Recipe.Funnel is { } funnel)
        {
            FunnelDefinition? before = await store.GetFunnelAsync(ct);
            await store.SetFunnelAsync(funnel, ct);
            NoteFunnel(funnel, before);
        }

        NotePlan();
        foreach (PlannedFile file in plan.Files)
        {
            if (file.Recipe.Lead is null)
            {
                await NameAsync(store, ct);
            }

            await WriteAsync(file, store, rejects, ct);
        }

        await NameAsync(store, ct);
        _notes.AddRange(plan.Recipe.IsShipped ? [] : _unmet.Notes);
        if (_result.OtherEnds > 0)
        {
            _notes.Add($"deals that were won and are told as lost now, or lost and as won at that time or before: {_result.OtherEnds:N0}; their first end stands, here and in the revenue");
        }

        AuditReport audit = await HistoryAudit.RunAsync(store, host.Time.GetUtcNow(), ct);
        return new()
        {
            Recipe = plan.Recipe.Name,
            Files = _files,
            Rows = AppendReport.Of(_result),
            Rejects = rejects.Count,
            Funnel = plan.Recipe.Funnel is { } set ? FunnelReport.Of(set) : null,
            Anomalies = audit.Anomalies,
            Notes = [.. _notes, .. audit.Notes],
        };
    }

    private void Check(PlannedFile file, CancellationToken ct)
    {
        using BoundFile bound = BoundFile.Open(file, plan.Recipe.Format, [], _deals, _before);
        long records = 0;
        Reject? first = null;
        foreach (CsvRecord _ in bound.Map())
        {
            records++;
            first ??= bound.Mapper.Rows.Rejects.FirstOrDefault();
            if (bound.Mapper.Rows.Count >= BatchRows || bound.Mapper.Rows.Rejects.Count >= BatchRows)
            {
                ct.ThrowIfCancellationRequested();
                bound.Mapper.Rows.NoteInstants(_instants);
                bound.Mapper.Rows.Drop();
            }
        }

        bound.Mapper.Rows.NoteInstants(_instants);

        if (records > 0 && bound.Mapper.Rows.RejectedRecords == records)
        {
            throw new RefusalException(
                $"{file.Name}: none of its {records:N0} records can be taken by {plan.Recipe.Name};"
                + $" the first: line {first!.Line}, column '{first.Column}', '{first.Value}' {first.Reason}");
        }
    }

    private async Task WriteAsync(PlannedFile file, IHistoryStore store, RejectsLog rejects, CancellationToken ct)
    {
        using BoundFile bound = BoundFile.Open(file, plan.Recipe.Format, [], _deals, _before);
        MappedRows rows = bound.Mapper.Rows;
        long records = 0;
        foreach (CsvRecord _ in bound.Map())
        {
            records++;
            if (rows.Count >= BatchRows || rows.Rejects.Count >= BatchRows)
            {
                await FlushAsync(rows, store, rejects, ct);
                host.Progress($"{file.Name}: {records:N0} records");
            }
        }

        await FlushAsync(rows, store, rejects, ct);
        _aliases.AddRange(rows.Aliases);
        _merges.AddRange(rows.Merges);
        _files.Add(new(file.Name, records, rows.RejectedRecords));
        _unmet.Add(file.Recipe, bound.Mapper.UnmetTypes);
        NoteFile(file, bound);
    }

    private async Task FlushAsync(MappedRows rows, IHistoryStore store, RejectsLog rejects, CancellationToken ct)
    {
        (HistoryBatch batch, List<Reject> rejected, Dictionary<string, List<Reject>> mentions) = rows.Take(_instants);
        AppendResult appended = await store.AppendAsync(batch, ct);
        rejected.ForEach(rejects.Add);
        _near ??= new(store);
        foreach (string unknown in appended.UnknownLeads)
        {
            foreach (Reject mention in await _near.TellAsync(unknown, mentions[unknown], ct))
            {
                rejects.Add(mention);
            }

            rows.RejectedRecords += mentions[unknown].Count;
        }

        _result = _result.With(appended with { UnknownLeads = [] });
    }

    /// <summary>
    /// Gives leads their other names and merges them, once all are known and before files that speak of them: a record may stand before the one that it was merged into,
    /// and what is a lead's own identifier names no other.
    /// </summary>
    private async Task NameAsync(IHistoryStore store, CancellationToken ct)
    {
        DateTimeOffset now = UtcTime.Normalize(host.Time.GetUtcNow());
        await NameAsync(store, _aliases, ct);
        int merged = await NameAsync(store, [.. _merges.Select(merge => new LeadAlias(merge.LeadId, merge.Into) { Merge = new(merge.Reason, now) })], ct);
        _aliases.Clear();
        _merges.Clear();
        if (merged > 0)
        {
            _notes.Add($"leads that are part of others from now on: {merged:N0}");
        }
    }

    private static async Task<int> NameAsync(IHistoryStore store, List<LeadAlias> aliases, CancellationToken ct)
    {
        int added = 0;
        foreach (LeadAlias[] some in aliases.Chunk(BatchRows))
        {
            AppendResult appended = await store.AppendAsync(new() { Aliases = some, TellStates = true }, ct);
            added += appended.States!.Aliases.Count(state => state == RowState.Added);
        }

        return added;
    }
}
