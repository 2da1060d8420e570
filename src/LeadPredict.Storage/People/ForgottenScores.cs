using System.Data.Common;
using System.Text;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Storage.People;

/// <summary>Keeps forgotten people out of scores that are to be logged.</summary>
internal static class ForgottenScores
{
    /// <summary>The scores without those of forgotten leads, and their answers without forgotten addresses: of a lead that was only asked about the answer may show its own.</summary>
    public static async Task<IReadOnlyList<LoggedScore>> WithoutAsync(
        IReadOnlyList<LoggedScore> scores, DbConnection connection, DbTransaction transaction, bool postgres, CancellationToken ct)
    {
        await PeopleLock.ShareAsync(connection, transaction, postgres, ct).ConfigureAwait(false);
        if (await SuppressionList.OpenAsync(connection, transaction, postgres, ct).ConfigureAwait(false) is not { } list)
        {
            return scores;
        }

        HashSet<string> forgotten = await ForgottenLeads.AmongAsync(scores.Select(score => score.LeadId), list).ConfigureAwait(false);
        LoggedScore[] kept = [.. scores.Where(score => !forgotten.Contains(score.LeadId))];
        Mentions? mentions = await list.MentionsAsync(kept.Where(MayMention).Select(score => score.Answer)).ConfigureAwait(false);
        return mentions is null ? kept : [.. kept.Select(score => MayMention(score) ? score with { AnswerUtf8 = Encoding.UTF8.GetBytes(mentions.Text(score.Answer!)) } : score)];
    }

    private static bool MayMention(LoggedScore score) => score.AnswerUtf8.Span.Contains((byte)'@');
}
