using LeadPredict.Artifacts;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;
using LeadPredict.Funnel.Time;
using LeadPredict.Learning.Models;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;

namespace LeadPredict.Scoring.Changes;

/// <summary>
/// Splits the difference of two scores of a lead, exactly, by replacing one thing after the other: first the instant, with the facts left as
/// they were; then the lead's own new facts; then its colleagues'; then the model.
/// </summary>
/// <remarks>
/// Each step changes one thing and is scored in full, so the parts telescope to the whole difference whatever the model does; the order is
/// fixed, and another would share out interactions otherwise. Within a step the contributions are those of <see cref="ScoreModel.Explain(ReadOnlySpan{float}, Span{double})"/>.
/// Immutable and safe to share between threads.
/// </remarks>
public sealed class ScoreChangeExplainer
{
    private readonly CompiledModel _first;
    private readonly CompiledModel _second;

    /// <summary>Explains by one model, or from one to another.</summary>
    /// <param name="model">Scores the earlier instant, and the later one but for the model's own part.</param>
    /// <param name="against">Scores the later instant; null for the same model.</param>
    /// <exception cref="ScoreChangeException">A model is of a table: it knows no leads.</exception>
    public ScoreChangeExplainer(CompiledModel model, CompiledModel? against = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        _first = model;
        _second = against ?? model;
        foreach (CompiledModel compiled in new[] { _first, _second })
        {
            if (compiled.Model.Kind != ArtifactKind.Funnel)
            {
                throw new ScoreChangeException($"{compiled.Model} learned from a table and scores no leads; expected a model of a lead history");
            }
        }
    }

    /// <summary>Splits the difference.</summary>
    /// <param name="account">The account with all its leads.</param>
    /// <param name="lead">One of them.</param>
    /// <param name="from">The earlier instant.</param>
    /// <param name="to">The later instant; the same one to compare models alone.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="to"/> lies before <paramref name="from"/>, or an instant outside 1970 to 2200.</exception>
    /// <exception cref="LeadNotKnownException">The lead was not known at <paramref name="from"/>.</exception>
    /// <exception cref="ScoreChangeException">The lead is decided at one of the instants, the person objects to being profiled, or the models share no question.</exception>
    public ScoreChange Explain(AccountHistory account, LeadHistory lead, DateTimeOffset from, DateTimeOffset to)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(lead);
        from = UtcTime.Normalize(from);
        to = UtcTime.Normalize(to);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        if (ProfilingObjection.IsRaised(lead))
        {
            throw new ScoreChangeException("the person objects to being profiled, so that no score is given for any instant and there is none to explain");
        }

        if (!lead.Lead.IsKnownAt(from))
        {
            throw new LeadNotKnownException(lead.Lead.KnownAt, from);
        }

        LeadHistory old = KnownFacts.Cut(lead, from);
        Snapshot start = Snapshot.Take(account, lead, from);
        Snapshot aged = Snapshot.Take(KnownFacts.Cut(account, old, from), old, to);
        Snapshot acted = Snapshot.Take(KnownFacts.Cut(account, lead, from), lead, to);
        Snapshot end = Snapshot.Take(account, lead, to);

        (ModelLink link, string? note) = ChangeLink.Of(_first, start, _second, end);
        ScoreState first = ScoreState.Of(_first, link, start);
        ScoreState time = ScoreState.Of(_first, link, aged);
        ScoreState own = ScoreState.Of(_first, link, acted);
        ScoreState all = ScoreState.Of(_first, link, end);
        ScoreState last = ReferenceEquals(_first, _second) ? all : ScoreState.Of(_second, link, end);
        return new()
        {
            LeadId = lead.Lead.Id,
            Link = link,
            Before = Moment(start, _first, first),
            After = Moment(end, _second, last),
            Difference = last.RawScore - first.RawScore,
            Parts =
            [
                PartBuilder.Of(ChangeCause.Time, first, time),
                PartBuilder.Of(ChangeCause.Lead, time, own),
                PartBuilder.Of(ChangeCause.Colleagues, own, all),
                PartBuilder.OfModels(all, last, _first.Model.ToString(), _second.Model.ToString()),
            ],
            Facts = KnownFacts.Between(lead, from, to),
            Notes = [.. new[] { note, ChangeLink.OtherTimes(_first, _second, link), Taken("earlier", _first.Entering(start)), Taken("later", _second.Entering(end)) }.OfType<string>()],
        };
    }

    private static string? Taken(string instant, Stage? entering) =>
        entering is { } stage ? $"At the {instant} instant the lead was not yet {stage}: it is taken as one that has just come there." : null;

    private static ScoreMoment Moment(Snapshot snapshot, CompiledModel compiled, ScoreState state) => new(
        snapshot.AsOf,
        snapshot.Stage,
        new(compiled.Model.Name, compiled.Model.Version, compiled.Model.Hash),
        state.RawScore,
        state.Probability);
}
