using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Scorecard;
using LeadPredict.Training.Simulate;

namespace LeadPredict.Training.Tests.Scorecards;

/// <summary>The default card is no straw man: its weights suit a market like the simulated one, and it ranks those MQLs well.</summary>
public class DefaultCardOnSimulationTests
{
    [Fact]
    public void DefaultCard_OnSimulatedMqls_RanksWellAboveChance()
    {
        List<(double Points, MqlTruth Truth)> scored = Score(leads: 1000);

        double best = Auc([.. scored.Select(one => (one.Truth.Sql, one.Truth.Sql))]);
        double sql = Auc([.. scored.Select(one => (one.Points, one.Truth.Sql))]);
        double close = Auc([.. scored.Select(one => (one.Points, one.Truth.Close))]);

        string shown = $"{scored.Count} MQLs: AUC {sql:F3} for SQL ({best:F3} for the truth itself), {close:F3} for close";
        sql.ShouldBeGreaterThan(0.66, shown);
        sql.ShouldBeLessThan(best, shown);
        close.ShouldBeGreaterThan(0.6, shown);
    }

    private static List<(double Points, MqlTruth Truth)> Score(int leads)
    {
        ScorecardEvaluator evaluator = new(ScorecardDefinition.Default);
        List<(double, MqlTruth)> scored = [];
        foreach (SimulatedAccount simulated in FunnelSimulation.Run(new SimulationOptions(leads)))
        {
            AccountHistory account = new(simulated.Account, simulated.Leads.Select(lead => lead.ToHistory()));
            foreach (MqlTruth truth in simulated.Truths)
            {
                LeadHistory lead = account.Leads.Single(one => one.Lead.Id == truth.LeadId);
                ScorecardResult result = evaluator.Evaluate(Snapshot.Take(account, lead, truth.AsOf));
                scored.Add((result.Points, truth));
            }
        }

        return scored;
    }

    /// <summary>The expected AUC when each label is drawn with its true probability; ties count half.</summary>
    private static double Auc((double Score, double Probability)[] rows)
    {
        double won = 0;
        double pairs = 0;
        foreach ((double score, double probability) in rows)
        {
            foreach ((double other, double otherProbability) in rows)
            {
                double weight = probability * (1 - otherProbability);
                pairs += weight;
                won += weight * (score > other ? 1 : score == other ? 0.5 : 0);
            }
        }

        return won / pairs;
    }
}
