using LeadPredict.Funnel.Leads;
using LeadPredict.Scoring.Changes;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;
using LeadPredict.Testing;

namespace LeadPredict.Scoring.Tests.Changes;

public sealed class ScoreChangeProperties : IDisposable
{
    private readonly PublishedModels _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public async Task Parts_OfManyLeads_AddUpExactlyToTheDifference()
    {
        AccountHistory[] accounts = [.. RandomHistories.Accounts(400, seed: 5)];
        CompiledModel first = await _models.RichAsync("first", accounts, seed: 1, "jobTitle");
        CompiledModel second = await _models.RichAsync("second", accounts, seed: 2, "email");
        using var engine = new PredictionEngine(first);
        var random = new Random(3);
        int[] moved = new int[4];
        int explained = 0;
        foreach ((AccountHistory account, LeadHistory lead) in accounts.SelectMany(account => account.Leads.Select(lead => (account, lead))))
        {
            DateTimeOffset from = Day.At(10 + (random.NextDouble() * 300));
            DateTimeOffset to = from + TimeSpan.FromDays(random.Next(3) == 0 ? 0 : random.NextDouble() * 100);
            var explainer = new ScoreChangeExplainer(first, random.Next(2) == 0 ? second : null);
            if (Explain(explainer, account, lead, from, to) is not { } change)
            {
                continue;
            }

            explained++;
            change.Difference.ShouldBe(change.After.RawScore - change.Before.RawScore);
            change.Parts.Sum(part => part.Difference).ShouldBe(change.Difference);
            change.Parts.Select(part => part.Cause).ShouldBe(Enum.GetValues<ChangeCause>());
            foreach (ChangePart part in change.Parts)
            {
                part.Contributions.Sum(line => line.Contribution).ShouldBe(part.Difference, part.Cause.ToString());
                part.Contributions.ShouldAllBe(line => line.Contribution != 0 && line.Text.Length > 0);
                moved[(int)part.Cause] += part.Difference != 0 ? 1 : 0;
            }

            if (new LeadScorer(engine).Score(account, lead, from) is { } score && score.ReasonsOf == change.Link)
            {
                change.Before.RawScore.ShouldBe(score.RawScore!.Value, 1e-11);
                LeadProbabilities said = score.Probabilities;
                ProbabilityEstimate? same = change.Link switch { ModelLink.Sql => said.Sql, ModelLink.CloseGivenSql => said.CloseGivenSql, _ => said.Close };
                change.Before.Probability.ShouldBe(same!.Value.Value);
            }

            if (change.Facts.Count == 0)
            {
                change.Parts[(int)ChangeCause.Lead].Difference.ShouldBe(0);
            }

            if (from == to)
            {
                change.Parts.Take(3).ShouldAllBe(part => part.Difference == 0 && part.Contributions.Count == 0);
            }
        }

        explained.ShouldBeGreaterThan(300);
        moved.ShouldAllBe(count => count > 50);
    }

    /// <summary>Null for leads that are not known or decided at an instant.</summary>
    private static ScoreChange? Explain(ScoreChangeExplainer explainer, AccountHistory account, LeadHistory lead, DateTimeOffset from, DateTimeOffset to)
    {
        try
        {
            return explainer.Explain(account, lead, from, to);
        }
        catch (ScoringException refusal) when (refusal is LeadNotKnownException or ScoreChangeException)
        {
            return null;
        }
    }
}
