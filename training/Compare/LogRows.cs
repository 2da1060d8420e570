using LeadPredict.Funnel.Labels;
using LeadPredict.Funnel.Leads;
using LeadPredict.Learning.Evaluation;
using LeadPredict.Scoring.Comparison;

namespace LeadPredict.Training.Compare;

/// <summary>Logged scores of one question with what became of the leads.</summary>
internal sealed class LogRows
{
    // As between model and rules.
    private const int Resamples = 1000;

    private readonly List<(string Lead, int Group, bool Converted, JudgedScore Said, JudgedScore? Champion)> _rows = [];

    /// <summary>How many are not decided yet.</summary>
    public int Undecided { get; private set; }

    public void Add(LeadHistory lead, int group, Label? label, JudgedScore said, JudgedScore? champion)
    {
        if (label is null or Label.Censored)
        {
            Undecided++;
        }
        else
        {
            _rows.Add((lead.Lead.Id, group, label == Label.Converted, said, champion));
        }
    }

    /// <summary>Model against rules, or null when no lead is decided.</summary>
    public ComparisonReport? Compare(int seed) => Compare([.. _rows.Select(row => row.Said)], seed);

    /// <summary>The champion against its rules on the same rows; all were added with what it said.</summary>
    public ComparisonReport? CompareChampion(int seed) => Compare([.. _rows.Select(row => row.Champion!)], seed);

    /// <summary>The challenger, whose rows these are, against the champion on the same rows; null when no lead is decided.</summary>
    public ChallengerReport? CompareWithChampion(ComparisonReport? challenger, ComparisonReport? champion, int seed)
    {
        if (challenger is null || champion is null)
        {
            return null;
        }

        byte[] labels = Labels();
        int[] groups = Groups();
        PairedReport difference = PairedEvaluator.Compare(
            [.. _rows.Select(row => row.Said.Probability)], [.. _rows.Select(row => row.Champion!.Probability)], labels, groups, seed, Resamples);
        return ChallengerReport.Of(challenger.Model, champion.Model, difference, VerdictRule.AccountsOfEither(labels, groups));
    }

    private ComparisonReport? Compare(JudgedScore[] said, int seed) => _rows.Count == 0 ? null : ModelComparison.Compare(
        new()
        {
            Labels = Labels(),
            ModelProbabilities = [.. said.Select(score => score.Probability)],
            ScorecardPoints = [.. said.Select(score => score.Points)],
            ScorecardProbabilities = [.. said.Select(score => score.Rules)],
            Groups = Groups(),
            LeadIds = [.. _rows.Select(row => row.Lead)],
        },
        seed);

    private byte[] Labels() => [.. _rows.Select(row => row.Converted ? (byte)1 : (byte)0)];

    private int[] Groups() => [.. _rows.Select(row => row.Group)];
}
