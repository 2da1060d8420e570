using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Format;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;

namespace LeadPredict.Scoring.Pool;

/// <summary>
/// Scores a made-up lead in several stages, or a row without values, before a version serves: what cannot score is refused while the old version goes on, and the first
/// caller does not wait for code to be compiled and memory to be read.
/// </summary>
internal static class EngineTrial
{
    private static readonly DateTimeOffset AsOf = new(2025, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Stage[] Stages = [Stage.Lead, Stage.MarketingQualified, Stage.SalesQualified, Stage.Recycled];

    /// <exception cref="ModelFormatException">A raw score is no number.</exception>
    public static void Run(CompiledModel compiled)
    {
        using var engine = new PredictionEngine(compiled);
        if (compiled.Model.Kind == ArtifactKind.Table)
        {
            Check(compiled.Model, engine.PredictRow(new AttributeValue[compiled.Extractor.Columns.Count]).RawScore, "a row without values");
            return;
        }

        var scorer = new LeadScorer(engine);
        foreach (Stage stage in Stages)
        {
            LeadHistory lead = Lead(stage);
            LeadScore score = scorer.Score(new(null, [lead]), lead, AsOf);
            Check(compiled.Model, score.RawScore ?? 0, $"a lead at {stage}");
        }
    }

    private static void Check(ModelArtifact model, double raw, string of)
    {
        if (!double.IsFinite(raw))
        {
            throw new ModelFormatException($"{model}/{ArtifactFiles.Model}", "", $"a raw score of {raw} for {of}", "a finite number");
        }
    }

    private static LeadHistory Lead(Stage stage) => new(
        new() { Id = "trial", Source = "website", CreatedAt = AsOf.AddDays(-60), RecordedAt = AsOf.AddDays(-60) },
        [
            .. new[] { "page_view", "email_open", "demo_request" }.Select((type, i) => new Touch
            {
                Id = $"t{i}", LeadId = "trial", Type = type, OccurredAt = AsOf.AddDays(-10 - i), RecordedAt = AsOf.AddDays(-10 - i),
                Properties = new Dictionary<string, AttributeValue> { ["page"] = AttributeValue.Of("pricing") },
            }),
        ],
        [
            new() { LeadId = "trial", Name = "jobTitle", Value = AttributeValue.Of("VP Marketing"), OccurredAt = AsOf.AddDays(-60), RecordedAt = AsOf.AddDays(-60) },
            new() { LeadId = "trial", Name = "employees", Value = AttributeValue.Of(250), OccurredAt = AsOf.AddDays(-60), RecordedAt = AsOf.AddDays(-60) },
        ],
        stage == Stage.Lead ? [] : [new() { Id = "s", LeadId = "trial", To = stage, OccurredAt = AsOf.AddDays(-5), RecordedAt = AsOf.AddDays(-5) }]);
}
