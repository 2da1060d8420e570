using LeadPredict.Funnel.Examples;
using LeadPredict.Funnel.Labels;
using LeadPredict.Funnel.Stages;
using LeadPredict.Learning.Calibration;
using LeadPredict.Testing;
using LeadPredict.Training.Train.History;

namespace LeadPredict.Training.Tests.Train;

/// <summary>Chances planted behind points are found at the level of the next leads, whichever form the curve has.</summary>
public sealed class PointsCurveTests
{
    private const int Leads = 6000;

    [Fact]
    public void Fit_LevelThatRises_IsOfTheNextLeads()
    {
        CalibrationCurve curve = PointsCurve.Fit(Rows(Rises, Sigmoid), row => row.Qualified, seed: 1);

        curve.ShouldBeOfType<SigmoidCurve>();
        Off(curve, points => Sigmoid(points) + 0.5).ShouldBe(0, 0.15);
        Off(PointsCurve.Fit(Rows(_ => 0, Sigmoid), row => row.Qualified, seed: 1), Sigmoid).ShouldBe(0, 0.1);
    }

    [Fact]
    public void Fit_StepsAndALevelThatFalls_AreOfTheNextLeads()
    {
        CalibrationCurve curve = PointsCurve.Fit(Rows(lead => -Rises(lead), Steps), row => row.Qualified, seed: 1);

        curve.ShouldBeOfType<IsotonicCurve>();
        Off(curve, points => Steps(points) - 0.5).ShouldBe(0, 0.2);
    }

    [Fact]
    public void Fit_FewWins_FollowTheLevelOfTheFirstLink()
    {
        // One in twenty of those that come through is won, whenever: what moves is the first link.
        CalibrationCurve curve = PointsCurve.Fit(Rows(Rises, Sigmoid, wins: 0.05), row => row.Closed, seed: 1, row => row.Qualified);

        double[] expected = [.. Points.Select(points => 0.05 * LogOdds.ToProbability(Sigmoid(points) + 0.5))];
        (Points.Average(points => curve.Probability(points)) / expected.Average()).ShouldBeInRange(0.8, 1.2);
    }

    private static IEnumerable<double> Points => Enumerable.Range(0, 101).Select(points => (double)points);

    /// <summary>From the middle on the odds are 2.7 times what they were.</summary>
    private static double Rises(int lead) => lead < Leads / 2 ? -0.5 : 0.5;

    private static double Sigmoid(double points) => (points - 60) / 25;

    private static double Steps(double points) => points < 50 ? -2 : 0.5;

    /// <summary>By how much the curve lies above what is expected, in log-odds, on average.</summary>
    private static double Off(CalibrationCurve curve, Func<double, double> expected) =>
        Points.Average(points => LogOdds.Of(curve.Probability(points)) - expected(points));

    private static HistoryRow[] Rows(Func<int, double> level, Func<double, double> score, double wins = 0)
    {
        var random = new Random(1);
        List<TrainingExample> examples = [];
        for (int lead = 0; lead < Leads; lead++)
        {
            // Points are of the lead alone, in an order that time does not tell.
            bool qualified = random.NextDouble() < LogOdds.ToProbability(score(Point(lead)) + level(lead));
            examples.Add(Example(lead, Target.Qualify, qualified));
            examples.Add(Example(lead, Target.Chain, qualified && random.NextDouble() < wins));
        }

        HistoryRow[] rows = HistoryRow.Join([.. examples], _ => true, chained: true, Enumerable.Range(0, Leads).SelectMany(lead => new[] { lead, lead }).ToArray());
        for (int lead = 0; lead < Leads; lead++)
        {
            rows[lead].Points = Point(lead);
        }

        return rows;
    }

    private static int Point(int lead) => lead * 37 % 101;

    private static TrainingExample Example(int lead, Target target, bool converted) => new()
    {
        Target = target,
        GroupKey = $"{lead}",
        LeadId = $"{lead:00000}",
        AsOf = Day.At(lead / 10.0),
        MaturesAt = Day.At((lead / 10.0) + 90),
        Label = converted ? Label.Converted : Label.NotConverted,
        EpisodeStage = Stage.MarketingQualified,
        EpisodeOrdinal = 0,
        IsEpisodeStart = true,
        Weight = 1,
    };
}
