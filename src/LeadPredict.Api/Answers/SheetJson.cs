using System.Buffers;
using System.Text;
using System.Text.Json;
using LeadPredict.Scorecard;
using LeadPredict.Scoring.Leads;
using LeadPredict.Scoring.Reasons;

namespace LeadPredict.Api.Answers;

/// <summary>Writes a score from its numbers, out of pieces that the model's answers have in common: the same bytes as <see cref="ScoreJson"/> of the score in words.</summary>
internal static class SheetJson
{
    private static readonly byte[][] Stages = [.. ScoreJson.Stages.Select(Encoding.UTF8.GetBytes)];
    private static readonly byte[][] Links = [.. ScoreJson.Links.Select(Encoding.UTF8.GetBytes)];
    private static readonly byte[][] Agreements = [.. ScoreJson.Agreements.Select(Encoding.UTF8.GetBytes)];
    private static readonly byte[] Method = JsonSerializer.SerializeToUtf8Bytes(ScoreSheet.ReasonsMethod);

    public static void Write(IBufferWriter<byte> output, ScoreSheet sheet)
    {
        if (sheet.AbstainedBecause is not null)
        {
            ScoreJson.Write(output, sheet.Tell());
            return;
        }

        ModelPieces pieces = ModelPieces.Of(sheet.Engine.Compiled);
        var json = new JsonText(output);
        json.Text("{\"leadId\":"u8, sheet.LeadId);
        json.Instant(",\"asOf\":"u8, sheet.AsOf);
        json.Estimate(pieces.Stamps[(int)sheet.Stage], sheet.Probabilities.Sql);
        json.Estimate(",\"closeGivenSql\":"u8, sheet.Probabilities.CloseGivenSql);
        json.Estimate(",\"close\":"u8, sheet.Probabilities.Close);
        json.Number("},\"score\":"u8, sheet.Score);
        json.Text(",\"grade\":"u8, ScoreGrade.Of(sheet.Score));
        Scorecard(ref json, sheet, pieces);
        json.Raw(",\"agreement\":\""u8, Agreements[(int)sheet.Agreement]);
        Next(ref json, sheet);
        Reasons(ref json, sheet, pieces);
        json.Raw(sheet.Abstained ? ",\"abstained\":true,\"abstainedBecause\":null"u8 : ",\"abstained\":false,\"abstainedBecause\":null"u8);
        json.Warnings(sheet.Warnings);
        json.Raw("}"u8);
        json.End();
    }

    private static void Scorecard(ref JsonText json, ScoreSheet sheet, ModelPieces pieces)
    {
        if (sheet.Rules is not { } rules)
        {
            json.Raw(",\"scorecard\":null"u8);
            return;
        }

        json.Number(pieces.Card, rules.Points);
        json.Number(",\"fit\":"u8, rules.Fit);
        json.Number(",\"engagement\":"u8, rules.Engagement);
        json.Text(",\"grade\":"u8, rules.Grade);
        json.Raw(",\"stage\":\""u8, Stages[(int)rules.Stage]);
        json.Raw("\",\"because\":\""u8, rules.Because().Json);
        json.Number("\",\"probability\":"u8, sheet.RulesProbability);
        json.Raw(",\"items\":["u8);
        ReadOnlySpan<TallyLine> lines = rules.Lines;
        for (int i = 0; i < lines.Length; i++)
        {
            json.Raw(i == 0 ? [] : ","u8);
            Item(ref json, rules, lines[i], pieces);
        }

        json.Raw("],\"criteria\":["u8);
        for (int i = 0; i < rules.Met.Length; i++)
        {
            json.Raw(i == 0 ? [] : ","u8);
            if (rules.Met[i])
            {
                json.Said(pieces.Met[i], rules.Because(i));
                json.Raw("\"}"u8);
            }
            else
            {
                json.Raw(pieces.Unmet[i]);
            }
        }

        json.Raw("]}"u8);
    }

    private static void Item(ref JsonText json, ScorecardTally rules, in TallyLine line, ModelPieces pieces)
    {
        if (line.Number != TallyLine.NoRule)
        {
            json.Number(pieces.Rules[line.Number], line.Points);
            json.Said(",\"because\":\""u8, rules.Because(line));
            json.Number("\",\"hits\":"u8, line.Hits);
        }
        else
        {
            ScorecardItem limit = rules.Tell(line);
            json.Text("{\"rule\":"u8, limit.Rule);
            json.Text(",\"group\":"u8, limit.Group);
            json.Number(",\"points\":"u8, limit.Points);
            json.Text(",\"because\":"u8, limit.Because);
            json.Number(",\"hits\":"u8, limit.Hits);
        }

        json.Raw("}"u8);
    }

    private static void Next(ref JsonText json, ScoreSheet sheet)
    {
        SheetStep next = sheet.Next;
        json.Raw("\",\"next\":{\"stage\":\""u8, Stages[(int)next.Stage]);
        json.Text("\",\"action\":"u8, next.Action);
        json.Text(",\"owner\":"u8, next.Owner);
        if (next.Because is { } because)
        {
            json.Text(",\"because\":"u8, because);
            return;
        }

        (string name, double value) = sheet.Telling;
        json.Number(",\"because\":\"score "u8, sheet.Score);
        json.Characters(" of 100, "u8, name);
        json.Tenths(" "u8, 100 * value);
        json.Raw(" %"u8);
        if (sheet.Rules is { } rules)
        {
            json.Raw("; rules: "u8, rules.Because().Json);
        }

        json.Raw("\""u8);
    }

    private static void Reasons(ref JsonText json, ScoreSheet sheet, ModelPieces pieces)
    {
        json.Raw("},\"reasonsOf\":"u8);
        if (sheet.ReasonsOf is { } link)
        {
            json.Raw("\""u8, Links[(int)link]);
            json.Raw("\""u8);
        }
        else
        {
            json.Raw("null"u8);
        }

        json.Number(",\"rawScore\":"u8, sheet.RawScore);
        json.Number(",\"baseValue\":"u8, sheet.BaseValue);
        json.Raw(",\"reasons\":["u8);
        ReadOnlySpan<SheetReason> reasons = sheet.Reasons;
        for (int i = 0; i < reasons.Length; i++)
        {
            ref readonly SheetReason reason = ref reasons[i];
            json.Raw(i == 0 ? [] : ","u8);
            if (reason.Phrase is not { } phrase)
            {
                json.Number("{\"feature\":\"(all others)\",\"value\":null,\"contribution\":"u8, reason.Contribution);
                json.Text(",\"text\":"u8, ScoreReason.TextOfAllOthers);
                json.Raw("}"u8);
                continue;
            }

            json.Raw(pieces.Features[reason.Feature]);
            json.Shown(reason, phrase);
            json.Number(",\"contribution\":"u8, reason.Contribution);
            json.Raw(",\"text\":\""u8, phrase.TextJson);
            json.Raw(ReasonPhrase.SideJson(reason.Contribution > 0), "\"}"u8);
        }

        json.Raw("],\"reasonsMethod\":"u8, Method);
    }
}
