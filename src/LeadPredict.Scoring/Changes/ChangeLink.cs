using LeadPredict.Funnel.Snapshots;
using LeadPredict.Learning.Models;
using LeadPredict.Scoring.Engines;

namespace LeadPredict.Scoring.Changes;

/// <summary>Chooses the one probability that two scores of a lead are compared by: differences of different questions mean nothing.</summary>
internal static class ChangeLink
{
    /// <summary>The link's model, or null where the funnel does not have it.</summary>
    public static ScoreModel? ModelOf(CompiledModel compiled, ModelLink link) => link switch
    {
        ModelLink.Sql => compiled.Model.Sql,
        ModelLink.CloseGivenSql => compiled.Model.CloseGivenSql,
        _ => compiled.Model.Close,
    };

    /// <summary>
    /// The question that is open at both instants. Where the lead became SQL in between, or fell back, that is P(close given SQL): it is asked of
    /// MQLs too.
    /// </summary>
    /// <exception cref="ScoreChangeException">The lead is decided at one of the instants, or the models share no question.</exception>
    public static (ModelLink Link, string? Note) Of(CompiledModel first, Snapshot from, CompiledModel second, Snapshot to)
    {
        ModelLink before = OpenAt(first, from);
        ModelLink after = OpenAt(second, to);
        if (before == after)
        {
            return (before, null);
        }

        if (first.Model.CloseGivenSql is not null && second.Model.CloseGivenSql is not null)
        {
            return (ModelLink.CloseGivenSql, $"The lead went from {from.Stage} to {to.Stage}, which decides P(SQL): explained is P(close given SQL), which is asked at both instants.");
        }

        throw new ScoreChangeException(
            $"{first.Model} says {before} of the lead at the earlier instant and {second.Model} says {after} at the later one; expected models with a probability in common");
    }

    /// <summary>What to say where the two give a lead other times: the probabilities are then of other questions, and the model's part holds that too. Else null.</summary>
    public static string? OtherTimes(CompiledModel first, CompiledModel second, ModelLink link)
    {
        double? before = Days(first, link);
        double? after = Days(second, link);
        return before == after ? null : FormattableString.Invariant(
            $"{first.Model} says what happens within {before:0.##} days and {second.Model} within {after:0.##}: their probabilities answer other questions, which is part of what the model change did.");
    }

    private static double? Days(CompiledModel compiled, ModelLink link) => (link switch
    {
        ModelLink.Sql => compiled.Model.Funnel?.Qualify?.Horizon,
        ModelLink.CloseGivenSql => compiled.Model.Funnel?.Close?.Horizon,
        _ => compiled.Model.Funnel?.Horizon,
    })?.TotalDays;

    private static ModelLink OpenAt(CompiledModel compiled, Snapshot snapshot)
    {
        using var engine = new PredictionEngine(compiled);
        return engine.Predict(snapshot).Undecided ?? throw new ScoreChangeException(
            $"the lead is {snapshot.Stage} at {snapshot.AsOf:yyyy-MM-ddTHH:mm:ssZ}, and {compiled.Model} has nothing left to predict of it; expected instants at which it is open");
    }
}
