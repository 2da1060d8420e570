using LeadPredict.Features;
using LeadPredict.Features.Sources;
using LeadPredict.Funnel.Stages;
using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Training;
using LeadPredict.Scoring.Engines;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Train.Rows;

namespace LeadPredict.Training.Train.History;

/// <summary>Learns each link of the chain, then corrects their product by what the cohorts really did.</summary>
internal sealed class ChainTrainer(ConsoleHost host, FunnelDefinition funnel, TrainerOptions options)
{
    /// <summary>
    /// All later snapshots, of an episode or of nurturing, count as so many first ones, but within these shares of those that there are: they say much the same again, of another
    /// situation than the hand-over, at which most scores are asked for. To few first ones they add what is not known yet; from many they would take what they know.
    /// </summary>
    private const double LaterAsFirst = 400;

    private const double LeastLater = 0.03;
    private const double MostLater = 0.3;

    /// <summary>A lead whose entry became known so late was first seen as one that waits, not at its hand-over.</summary>
    private const float DaysOfLateKnowledge = 7;

    public TrainedChain Train(FeatureSchema schema, IReadOnlyList<HistoryRow> rows, CancellationToken cancellation)
    {
        if (funnel.Close is null)
        {
            return new() { Sql = TrainLink(ProbabilityName.Sql, schema, rows, row => row.Qualified, cancellation) };
        }

        if (funnel.Qualify is null)
        {
            return new() { Close = TrainLink(ProbabilityName.Close, schema, rows, row => row.Closed, cancellation) };
        }

        TrainedModel sql = TrainLink(ProbabilityName.Sql, schema, rows, row => row.Qualified, cancellation);
        TrainedModel close = TrainLink(ProbabilityName.CloseGivenSql, schema, rows, row => row.ClosedGivenSql, cancellation);
        return new() { Sql = sql, CloseGivenSql = close, CloseRecalibration = Recalibrate(rows, sql, close) };
    }

    private TrainedModel TrainLink(
        string name, FeatureSchema schema, IReadOnlyList<HistoryRow> rows, Func<HistoryRow, Decided?> label, CancellationToken cancellation)
    {
        var collector = new RowCollector(schema);
        List<bool> usual = [];
        float later = WeightOfLater(rows.Count(row => label(row) is { IsFirst: true }), rows.Count(row => label(row) is { IsFirst: false }));
        int[] situation = [.. Enumerable.Range(0, schema.Features.Count).Where(feature => schema.Features[feature].Source is CurrentStage or TimeInStage)];
        int[] inStage = [.. situation.Where(feature => schema.Features[feature].Source is TimeInStage)];
        var features = new float[schema.Features.Count];
        foreach (HistoryRow row in rows)
        {
            if (label(row) is { } decided)
            {
                collector.Add(row.ReadFeatures(features), decided.Converted, decided.IsFirst ? 1 : later, row.Group);
                usual.Add(decided.IsFirst && !Array.Exists(inStage, feature => features[feature] >= DaysOfLateKnowledge));
            }
        }

        try
        {
            return Learners.Trainer().Train(collector.ToTable().WithSituation(new(situation, [.. usual])), options, TrainingReport.To(host, name), cancellation);
        }
        catch (InsufficientExamplesException missing)
        {
            string all = missing.Positives + missing.Negatives == 0 ? "No lead was in it" : missing.Positives == 0 ? "None converted" : "None failed to";
            string oneSided = Math.Min(missing.Positives, missing.Negatives) == 0
                ? $" {all}: if leads pass over a stage of the funnel ('leadpredict funnel' shows which they enter), name the steps that they do take under 'funnel:' in the recipe and import again (docs/import.md)."
                : "";
            throw new RefusalException(
                $"{name} cannot be learnt yet: {missing.Message} Only episodes whose horizon is over count; wait, load older history, or shorten the horizon.{oneSided}",
                missing);
        }
    }

    /// <summary>
    /// What one later snapshot counts. It depends on the kind of snapshot alone: were it shared among an episode's snapshots, it would depend on how long the episode stayed open, hence on its outcome, and
    /// would lift the probability at the start.
    /// </summary>
    /// <param name="first">How many first snapshots there are.</param>
    /// <param name="later">How many later ones.</param>
    internal static float WeightOfLater(int first, int later)
    {
        double share = Math.Clamp(LaterAsFirst / Math.Max(first, 1), LeastLater, MostLater);
        return (float)(share * Math.Min(1, Math.Max(first, 1) / (double)Math.Max(later, 1)));
    }

    /// <summary>
    /// Both factors are out of fold where the row was learnt from; a row that never became SQL was not among the second
    /// link's rows, so its model has not seen it.
    /// </summary>
    private CalibrationCurve Recalibrate(IReadOnlyList<HistoryRow> rows, TrainedModel sql, TrainedModel close)
    {
        List<double> raw = [];
        List<byte> labels = [];
        List<float> weights = [];
        List<int> groups = [];
        int sqlRow = 0;
        int closeRow = 0;
        foreach (HistoryRow row in rows)
        {
            double? pSql = row.Qualified is null ? null : sql.OutOfFoldProbability[sqlRow++];
            double? pClose = row.ClosedGivenSql is null ? null : close.OutOfFoldProbability[closeRow++];
            if (!row.IsEntry || row.Closed is not { } closed || pSql is not { } first)
            {
                continue;
            }

            double second = pClose ?? close.Model.Probability(close.Model.RawScore(row.Features()));
            raw.Add(CloseChain.LogOdds(Math.Clamp(first * second, 1e-9, 1 - 1e-9)));
            labels.Add(closed.Converted ? (byte)1 : (byte)0);
            weights.Add(1);
            groups.Add(row.Group);
        }

        CalibrationChoice choice = CalibrationFitter.Choose([.. raw], [.. labels], [.. weights], [.. groups], options.Seed);
        return choice.Curve;
    }
}
