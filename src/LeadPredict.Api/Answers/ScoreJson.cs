using System.Buffers;
using System.Text.Json;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;

namespace LeadPredict.Api.Answers;

/// <summary>Writes a score member by member: the same bytes as the serializer with <see cref="AnswerJson.Options"/>, in a fraction of the time.</summary>
internal static class ScoreJson
{
    /// <summary>Names by number.</summary>
    public static readonly string[] Stages = Enum.GetNames<Stage>();

    /// <inheritdoc cref="Stages"/>
    public static readonly string[] Links = Camel<ModelLink>();

    /// <inheritdoc cref="Stages"/>
    public static readonly string[] Agreements = Camel<Agreement>();

    public static void Write(IBufferWriter<byte> output, LeadScore score)
    {
        var json = new JsonText(output);
        json.Text("{\"leadId\":"u8, score.LeadId);
        json.Instant(",\"asOf\":"u8, score.AsOf);
        json.Text(",\"stage\":"u8, Stages[(int)score.Stage]);
        json.Text(",\"model\":{\"name\":"u8, score.Model.Name);
        json.Number(",\"version\":"u8, score.Model.Version);
        json.Text(",\"hash\":"u8, score.Model.Hash);
        json.Estimate("},\"probabilities\":{\"sql\":"u8, score.Probabilities.Sql);
        json.Estimate(",\"closeGivenSql\":"u8, score.Probabilities.CloseGivenSql);
        json.Estimate(",\"close\":"u8, score.Probabilities.Close);
        json.Number("},\"score\":"u8, score.Score);
        if (score.Grade is { } grade)
        {
            json.Text(",\"grade\":"u8, grade);
        }
        else
        {
            json.Raw(",\"grade\":null"u8);
        }

        Scorecard(ref json, score.Scorecard);
        json.Text(",\"agreement\":"u8, Agreements[(int)score.Agreement]);
        json.Text(",\"next\":{\"stage\":"u8, Stages[(int)score.Next.Stage]);
        json.Text(",\"action\":"u8, score.Next.Action);
        json.Text(",\"owner\":"u8, score.Next.Owner);
        json.Text(",\"because\":"u8, score.Next.Because);
        json.Raw("},\"reasonsOf\":"u8);
        if (score.ReasonsOf is { } link)
        {
            json.Text([], Links[(int)link]);
        }
        else
        {
            json.Raw("null"u8);
        }

        json.Number(",\"rawScore\":"u8, score.RawScore);
        json.Number(",\"baseValue\":"u8, score.BaseValue);
        Reasons(ref json, score.Reasons);
        json.Text(",\"reasonsMethod\":"u8, score.ReasonsMethod);
        json.Raw(score.Abstained ? ",\"abstained\":true,\"abstainedBecause\":"u8 : ",\"abstained\":false,\"abstainedBecause\":"u8);
        if (score.AbstainedBecause is { } why)
        {
            json.Text([], why);
        }
        else
        {
            json.Raw("null"u8);
        }

        json.Warnings(score.Warnings);
        json.Raw("}"u8);
        json.End();
    }

    private static void Scorecard(ref JsonText json, ScorecardScore? rules)
    {
        if (rules is null)
        {
            json.Raw(",\"scorecard\":null"u8);
            return;
        }

        json.Number(",\"scorecard\":{\"version\":"u8, rules.Version);
        json.Number(",\"points\":"u8, rules.Points);
        json.Number(",\"fit\":"u8, rules.Fit);
        json.Number(",\"engagement\":"u8, rules.Engagement);
        json.Text(",\"grade\":"u8, rules.Grade);
        json.Text(",\"stage\":"u8, Stages[(int)rules.Stage]);
        json.Text(",\"because\":"u8, rules.Because);
        json.Number(",\"probability\":"u8, rules.Probability);
        json.Raw(",\"items\":["u8);
        for (int i = 0; i < rules.Items.Count; i++)
        {
            ScorecardPoint item = rules.Items[i];
            json.Text(i == 0 ? "{\"rule\":"u8 : ",{\"rule\":"u8, item.Rule);
            json.Text(",\"group\":"u8, item.Group);
            json.Number(",\"points\":"u8, item.Points);
            json.Text(",\"because\":"u8, item.Because);
            json.Number(",\"hits\":"u8, item.Hits);
            json.Raw("}"u8);
        }

        json.Raw("],\"criteria\":["u8);
        for (int i = 0; i < rules.Criteria.Count; i++)
        {
            ScorecardCriterion criterion = rules.Criteria[i];
            json.Text(i == 0 ? "{\"name\":"u8 : ",{\"name\":"u8, criterion.Name);
            json.Text(criterion.Met ? ",\"met\":true,\"because\":"u8 : ",\"met\":false,\"because\":"u8, criterion.Because);
            json.Raw("}"u8);
        }

        json.Raw("]}"u8);
    }

    private static void Reasons(ref JsonText json, IReadOnlyList<ScoreReason> reasons)
    {
        json.Raw(",\"reasons\":["u8);
        for (int i = 0; i < reasons.Count; i++)
        {
            ScoreReason reason = reasons[i];
            json.Text(i == 0 ? "{\"feature\":"u8 : ",{\"feature\":"u8, reason.Feature);
            switch (reason.Value)
            {
                case null:
                    json.Raw(",\"value\":null"u8);
                    break;
                case string text:
                    json.Text(",\"value\":"u8, text);
                    break;
                case float number:
                    json.Number(",\"value\":"u8, number);
                    break;
                default:
                    json.Raw(",\"value\":"u8);
                    json.Raw(JsonSerializer.SerializeToUtf8Bytes(reason.Value, AnswerJson.Options));
                    break;
            }

            json.Number(",\"contribution\":"u8, reason.Contribution);
            json.Text(",\"text\":"u8, reason.Text);
            json.Raw("}"u8);
        }

        json.Raw("]"u8);
    }

    private static string[] Camel<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName)];
}
