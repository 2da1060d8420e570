using LeadPredict.Funnel.Episodes;
using LeadPredict.Funnel.Examples;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Measures;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Scoring.Engines;

namespace LeadPredict.Api.Boards;

/// <summary>Conversion by the grade that the model gives a lead at the start of an episode: the one part of a funnel that no database can count.</summary>
internal sealed class ScoreBands(FunnelQuestion question, PredictionEngine engine, StartScores starts)
{
    private readonly FunnelTally _tally = new(question with { Segments = [] });

    public void Add(AccountHistory account, LeadHistory lead)
    {
        if (lead.Lead.CreatedAt >= question.ObservedUntil || lead.Lead.RecordedAt >= question.ObservedUntil)
        {
            return;
        }

        StageTransition[] moves = [.. lead.Transitions.Where(move => Snapshot.Admits(move, question.ObservedUntil))];
        for (int link = 0; link < question.Funnel.Links.Count; link++)
        {
            foreach (LinkEpisode episode in LinkEpisodes.Of(lead.Lead, moves, question.Funnel.Links[link]))
            {
                if (question.Funnel.Start is not { } start || episode.OpenedAt >= start)
                {
                    _tally.AddEpisode(link, episode.OpenedAt, episode.End, episode.EndedAt, null, [], Band(account, lead, episode));
                }
            }
        }
    }

    /// <summary>The report with the bands.</summary>
    public FunnelReport On(FunnelReport report) => report with
    {
        BandsFrom = $"Grades that {engine.Model.Name}@{engine.Model.Version} gives as of each start. It has learned from some of these leads, which flatters it; the comparison with the rules is on leads that it had not seen.",
        Links = [.. report.Links.Zip(_tally.Report().Links, (link, banded) => link with { Bands = banded.Bands, WithoutBand = link.All.Episodes - banded.Bands.Sum(band => band.Episodes) })],
    };

    private string? Band(AccountHistory account, LeadHistory lead, LinkEpisode episode) =>
        ProfilingObjection.IsRaised(lead) || EpisodeInstants.FirstOf(lead, episode, question.ObservedUntil) is not { } at ? null : starts.Of(account, lead, at).Grade;
}
