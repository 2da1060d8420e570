using LeadPredict.Funnel.Episodes;
using LeadPredict.Funnel.Labels;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Examples;

/// <summary>Writes the examples of one lead's episodes.</summary>
internal sealed class EpisodeExamples(string group, LeadHistory lead, DateTimeOffset observedUntil, List<TrainingExample> examples)
{
    /// <summary>The instants of an episode, labelled by its own link.</summary>
    public void Add(Target target, LinkEpisode episode, DateTimeOffset[] instants, TimeSpan horizon) => Write(
        target, episode, instants, asOf => (Labeler.Of(episode, asOf, horizon, observedUntil), asOf + horizon));

    /// <summary>The instants of a first link that converted, labelled by what came of the SQL they became.</summary>
    public void AddBeforeLink(LinkEpisode first, LinkEpisode? second, DateTimeOffset[] instants, TimeSpan horizon)
    {
        DateTimeOffset[] converted =
            [.. instants.Where(asOf => Labeler.Of(first, asOf, first.Link.Horizon, observedUntil) == Label.Converted)];
        if (converted.Length == 0)
        {
            return;
        }

        DateTimeOffset entry = first.EndedAt!.Value;
        Label label = second is null ? Label.Converted : Labeler.Of(second, entry, horizon, observedUntil);
        Write(Target.Close, first, converted, _ => (label, entry + horizon), beforeLink: true, opening: instants[0]);
    }

    /// <summary>The instants of a first link, labelled by both links in a row.</summary>
    public void AddChain(LinkEpisode first, LinkEpisode? second, DateTimeOffset[] instants, TimeSpan horizon) => Write(
        Target.Chain, first, instants, asOf => (
            Labeler.OfChain(first, second, asOf, horizon, observedUntil), asOf + first.Link.Horizon + horizon));

    private void Write(
        Target target, LinkEpisode episode, DateTimeOffset[] instants, Func<DateTimeOffset, (Label Label, DateTimeOffset MaturesAt)> label,
        bool beforeLink = false, DateTimeOffset? opening = null)
    {
        for (int i = 0; i < instants.Length; i++)
        {
            (Label outcome, DateTimeOffset maturesAt) = label(instants[i]);
            examples.Add(new()
            {
                Target = target,
                GroupKey = group,
                LeadId = lead.Lead.Id,
                AsOf = instants[i],
                MaturesAt = maturesAt,
                Label = outcome,
                EpisodeStage = episode.IsRecycled ? Stage.Recycled : episode.Link.From,
                EpisodeOrdinal = episode.Ordinal,
                IsEpisodeStart = i == 0 && instants[i] == (opening ?? instants[0]),
                IsBeforeLink = beforeLink,
                Weight = 1.0 / instants.Length,
            });
        }
    }
}
