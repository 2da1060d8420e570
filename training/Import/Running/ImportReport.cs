using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;

namespace LeadPredict.Training.Import.Running;

/// <summary>What an import did: the answer of <c>import --json</c>.</summary>
internal sealed record ImportReport
{
    public required string Recipe { get; init; }

    /// <summary>The store written to; null in a dry run.</summary>
    public string? Store { get; init; }

    public bool DryRun { get; init; }

    public required IReadOnlyList<FileReport> Files { get; init; }

    /// <summary>Rows of history by kind.</summary>
    public required AppendReport Rows { get; init; }

    /// <summary>How many values or records could not be taken.</summary>
    public long Rejects { get; init; }

    public FunnelReport? Funnel { get; init; }

    /// <summary>Rows that are kept though they contradict each other, such as a deal won before its lead came into being, or lie ahead.</summary>
    public required AnomalyReport Anomalies { get; init; }

    /// <summary>What one should know of the import.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>What came of one file.</summary>
/// <param name="File">Its name.</param>
/// <param name="Records">Records read, the header left out.</param>
/// <param name="RejectedRecords">Those of which nothing could be taken.</param>
internal sealed record FileReport(string File, long Records, long RejectedRecords);

/// <summary>What became of the rows, by kind.</summary>
internal sealed record AppendReport(
    AppendCount Accounts, AppendCount Leads, AppendCount Touches, AppendCount Attributes, AppendCount Transitions, AppendCount Outcomes)
{
    public static AppendReport Of(AppendResult result) => new(
        result.Accounts, result.Leads, result.Touches, result.Attributes, result.Transitions, result.Outcomes);

    /// <summary>The kinds by name, in the order of reading.</summary>
    public IEnumerable<(string Kind, AppendCount Count)> Kinds() =>
    [
        ("accounts", Accounts), ("leads", Leads), ("attributes", Attributes), ("touches", Touches),
        ("transitions", Transitions), ("outcomes", Outcomes),
    ];
}

/// <summary>The funnel that the recipe sets.</summary>
internal sealed record FunnelReport(IReadOnlyList<string> Steps, double? QualifyHorizonDays, double? CloseHorizonDays, DateTimeOffset? Start)
{
    public static FunnelReport Of(FunnelDefinition funnel) => new(
        [.. funnel.Links.Select(link => link.From).Append(funnel.Goal).Select(stage => stage.ToString())],
        funnel.Qualify?.Horizon.TotalDays,
        funnel.Close?.Horizon.TotalDays,
        funnel.Start);
}
