using System.Globalization;
using LeadPredict.Funnel.Stages;
using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Evaluation;
using LeadPredict.Scoring.Comparison;

namespace LeadPredict.Training.Train.History;

/// <summary>Model and rules on the same later leads, for each probability that the funnel knows.</summary>
internal sealed record HistoryJudgement
{
    public QuestionJudgement? Sql { get; init; }

    public QuestionJudgement? Close { get; init; }

    /// <summary>What the funnel asks and no later lead answers yet, a sentence each: nothing says how good the model is there.</summary>
    public IReadOnlyList<string> Unjudged { get; init; } = [];

    /// <summary>Which to believe, in words: a sentence for each question.</summary>
    public string Verdict => string.Join(' ', new[] { Sql, Close }.OfType<QuestionJudgement>().Select(question => $"{question.Name}: {question.Comparison.Sentence}"));

    public static HistoryJudgement Of(FunnelDefinition funnel, TrainedChain chain, HistoryExamples examples, int seed)
    {
        QuestionJudgement? sql = funnel.Qualify is null ? null : QuestionJudgement.Of(
            ProbabilityName.Sql, examples, row => row.Qualified, row => ChainScores.Sql(chain, row), seed);
        QuestionJudgement? close = funnel.Close is null ? null : QuestionJudgement.Of(
            ProbabilityName.Close, examples, row => row.Closed, row => ChainScores.Close(chain, row), seed, funnel.Qualify is null ? null : row => row.Qualified);
        List<string> unjudged = [];
        if (funnel.Qualify is { } first && sql is null)
        {
            unjudged.Add(NotYet(ProbabilityName.Sql, first.Horizon, examples));
        }

        if (funnel.Close is not null && close is null)
        {
            unjudged.Add(NotYet(ProbabilityName.Close, funnel.Horizon, examples));
        }

        return new() { Sql = sql, Close = close, Unjudged = unjudged };
    }

    private static string NotYet(string question, TimeSpan horizon, HistoryExamples examples) => string.Create(
        CultureInfo.InvariantCulture,
        $"{question} was not judged: of no lead from {examples.TestStart:yyyy-MM-dd} on the {horizon.TotalDays:0} days are over, as the history ends on {examples.ObservedUntil:yyyy-MM-dd}. Nothing says how good it is until there is more history.");
}

/// <summary>One probability judged: the model's figures, the rules' and their comparison.</summary>
internal sealed record QuestionJudgement(string Name, CalibrationCurve PointsCurve, ComparisonReport Comparison)
{
    public EvaluationReport Model => Comparison.Model;

    public EvaluationReport Rules => Comparison.Scorecard;

    /// <summary>The entry rows of the test side for which the question is decided; null when there are none.</summary>
    public static QuestionJudgement? Of(
        string name, HistoryExamples examples, Func<HistoryRow, Decided?> label, Func<HistoryRow, double> model, int seed, Func<HistoryRow, Decided?>? through = null)
    {
        HistoryRow[] rows = [.. examples.Test.Where(row => row.IsEntry && label(row) is not null)];
        if (rows.Length == 0)
        {
            return null;
        }

        CalibrationCurve curve = History.PointsCurve.Fit(examples.Train, label, seed, through);
        return new(name, curve, ModelComparison.Compare(
            new()
            {
                Labels = [.. rows.Select(row => label(row)!.Value.Converted ? (byte)1 : (byte)0)],
                ModelProbabilities = [.. rows.Select(model)],
                ScorecardPoints = [.. rows.Select(row => row.Points)],
                ScorecardProbabilities = [.. rows.Select(row => curve.Probability(row.Points))],
                Groups = [.. rows.Select(row => row.Group)],
                LeadIds = [.. rows.Select(row => row.LeadId)],
                Days = rows.Length < 2 || rows[^1].AsOf == rows[0].AsOf ? null : (rows[^1].AsOf - rows[0].AsOf).TotalDays,
                Amounts = examples.Currency is null ? null : JudgedLead.AmountsOf(rows),
                Currency = examples.Currency,
                Segments = JudgedLead.SegmentsOf(rows),
            },
            seed));
    }
}
