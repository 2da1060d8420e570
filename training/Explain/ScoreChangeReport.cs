using System.Globalization;
using LeadPredict.Scoring.Changes;
using LeadPredict.Scoring.Engines;
using LeadPredict.Training.Train.History;

namespace LeadPredict.Training.Explain;

/// <summary>A score's change as a person reads it.</summary>
internal static class ScoreChangeReport
{
    /// <summary>How many features of a part stand for themselves.</summary>
    private const int MostLines = 6;

    public static void Print(TextWriter output, ScoreChange change)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{change.LeadId}: {Name(change.Link)} went from {change.Before.Probability:P1} to {change.After.Probability:P1}, the raw score from {Signed(change.Before.RawScore)} to {Signed(change.After.RawScore)}: {Signed(change.Difference)}"));
        output.WriteLine($"from {Moment(change.Before)}");
        output.WriteLine($"to   {Moment(change.After)}");
        output.WriteLine(change.Facts.Count == 0 ? "in between nothing became known of the lead" : $"in between: {string.Join("; ", change.Facts.Select(Fact))}");
        foreach (string note in change.Notes)
        {
            output.WriteLine(note);
        }

        ChangePart[] moved = [.. change.Parts.Where(part => part.Contributions.Count > 0)];
        if (moved.Length == 0)
        {
            output.WriteLine("nothing that the model reads has changed");
        }

        foreach (ChangePart part in moved)
        {
            output.WriteLine();
            output.WriteLine($"{Signed(part.Difference)}  {Title(part.Cause, change)}");
            foreach (ChangeContribution line in part.Contributions.Take(MostLines))
            {
                output.WriteLine($"    {Signed(line.Contribution)}  {line.Text}");
            }

            int others = part.Contributions.Count - MostLines;
            if (others > 0)
            {
                output.WriteLine($"    {Signed(part.Contributions.Skip(MostLines).Sum(line => line.Contribution))}  {others} {(others == 1 ? "other" : "others")}");
            }
        }
    }

    private static string Name(ModelLink link) => link switch
    {
        ModelLink.Sql => ProbabilityName.Sql,
        ModelLink.CloseGivenSql => ProbabilityName.CloseGivenSql,
        _ => ProbabilityName.Close,
    };

    private static string Title(ChangeCause cause, ScoreChange change) => cause switch
    {
        ChangeCause.Time => "what time did: the same facts, grown older",
        ChangeCause.Lead => "what the lead did, or what became known of it",
        ChangeCause.Colleagues => "what its colleagues did",
        _ => $"what the model change did: {change.Before.Model.Name}@{change.Before.Model.Version} to {change.After.Model.Name}@{change.After.Model.Version}",
    };

    private static string Moment(ScoreMoment moment) =>
        $"{moment.AsOf:yyyy-MM-ddTHH:mm:ssZ}, at {moment.Stage}, by {moment.Model.Name}@{moment.Model.Version}";

    private static string Fact(ChangeFact fact)
    {
        string what = fact.Kind switch
        {
            "transition" => $"entered {fact.What}",
            "attribute" => $"{fact.What} told",
            "outcome" => $"deal {fact.What.ToLowerInvariant()}",
            _ => fact.What.Replace('_', ' '),
        };
        string late = fact.Late == 0 ? "" : fact.Late == fact.Count ? ", recorded late" : $", {fact.Late} recorded late";
        return $"{what}{(fact.Count > 1 ? $" {fact.Count} times" : "")} ({Day(fact.First)}{(Day(fact.Last) != Day(fact.First) ? $" to {Day(fact.Last)}" : "")}{late})";
    }

    private static string Day(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Signed(double value) => value.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture).PadLeft(6);
}
