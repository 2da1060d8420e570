namespace LeadPredict.Scorecard;

/// <summary>Why stages were suggested: sums come again from lead to lead, so sentences are kept where they were made, a fixed number of places. Safe to use from many threads.</summary>
internal sealed class SuggestedPhrases
{
    private const int Places = 1024;
    private readonly Said?[] _said = new Said?[Places];

    /// <summary>Why a stage is suggested.</summary>
    public Phrase Of(in SuggestedStage stage, ScorecardDefinition card, ScorecardTally tally)
    {
        if (stage.Ground == StageGround.Excluded)
        {
            // It quotes the lead.
            return Phrase.Of(stage.Because(card, tally));
        }

        ref Said? place = ref _said[(uint)(((int)(tally.Points * 8) * 7) + tally.CriteriaMet) % Places];
        if (Volatile.Read(ref place) is not { } said || said.Points != tally.Points || said.Met != tally.CriteriaMet || said.Stage != stage)
        {
            said = new(stage, tally.Points, tally.CriteriaMet, Phrase.Of(stage.Because(card, tally)));
            Volatile.Write(ref place, said);
        }

        return said.Phrase;
    }

    private sealed record Said(SuggestedStage Stage, double Points, int Met, Phrase Phrase);
}
