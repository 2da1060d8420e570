using System.Buffers;
using LeadPredict.Api.Answers;
using LeadPredict.Scorecard;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;

namespace LeadPredict.Api.ScoreLog;

/// <summary>
/// What the log keeps of an answer beside its own columns, as JSON: what the numbers rest on, by the names of rules and features. The sentences that the
/// model's version says of such numbers are left out, which makes a quarter of the answer's bytes; the form is described in docs/operations.md.
/// </summary>
internal static class LoggedDetail
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _room;

    /// <summary>The detail of a score, until the thread's next.</summary>
    public static ReadOnlyMemory<byte> Of(ScoreSheet sheet)
    {
        ArrayBufferWriter<byte> room = _room ??= new(16 * 1024);
        room.ResetWrittenCount();
        Write(room, sheet);
        return room.WrittenMemory;
    }

    /// <summary>Appends the detail.</summary>
    public static void Write(IBufferWriter<byte> output, ScoreSheet sheet)
    {
        ModelPieces pieces = ModelPieces.Of(sheet.Engine.Compiled);
        var json = new JsonText(output);
        json.Raw("{\"intervals\":["u8);
        Interval(ref json, sheet.Probabilities.Sql);
        json.Raw(","u8);
        Interval(ref json, sheet.Probabilities.CloseGivenSql);
        json.Raw(","u8);
        Interval(ref json, sheet.Probabilities.Close);
        json.Raw("]"u8);
        if (sheet.Rules is { } rules)
        {
            Rules(ref json, sheet, rules, pieces);
        }

        Reasons(ref json, sheet, pieces);
        if (sheet.AbstainedBecause is { } why)
        {
            json.Text(",\"abstainedBecause\":"u8, why);
        }

        json.Warnings(sheet.Warnings);
        json.Raw("}"u8);
        json.End();
    }

    private static void Interval(ref JsonText json, ProbabilityEstimate? estimate)
    {
        if (estimate is not { } known)
        {
            json.Raw("null"u8);
            return;
        }

        json.Number("["u8, known.Low);
        json.Number(","u8, known.High);
        json.Raw("]"u8);
    }

    private static void Rules(ref JsonText json, ScoreSheet sheet, ScorecardTally rules, ModelPieces pieces)
    {
        json.Number(",\"fit\":"u8, rules.Fit);
        json.Number(",\"engagement\":"u8, rules.Engagement);
        json.Raw(",\"because\":\""u8, rules.Because().Json);
        json.Number("\",\"probability\":"u8, sheet.RulesProbability);
        json.Raw(",\"items\":["u8);
        bool first = true;
        foreach (ref readonly TallyLine line in rules.Lines)
        {
            json.Raw(first ? [] : ","u8);
            first = false;
            Item(ref json, rules, line, pieces, sheet.AsOf);
        }

        json.Raw("],\"criteria\":["u8);
        first = true;
        for (int i = 0; i < rules.Met.Length; i++)
        {
            if (rules.Met[i])
            {
                json.Raw(first ? [] : ","u8);
                first = false;
                json.Said(pieces.LoggedCriteria[i], rules.Because(i));
                json.Raw("\"]"u8);
            }
        }

        json.Raw("]"u8);
    }

    /// <summary>Rule, points and hits, then how many touches fit and how many whole days ago the latest did, or the evidence where it is none of touches.</summary>
    private static void Item(ref JsonText json, ScorecardTally rules, in TallyLine line, ModelPieces pieces, DateTimeOffset asOf)
    {
        if (line.Number == TallyLine.NoRule)
        {
            ScorecardItem limit = rules.Tell(line);
            json.Text("["u8, limit.Rule);
            json.Number(","u8, limit.Points);
            json.Raw("]"u8);
            return;
        }

        json.Number(pieces.LoggedRules[line.Number], line.Points);
        json.Number(","u8, line.Hits);
        if (line.Touches > 0)
        {
            json.Number(","u8, line.Touches);
            json.Number(","u8, Math.Floor(TimeSpan.FromTicks(asOf.UtcTicks - line.Latest).TotalDays));
            json.Raw("]"u8);
            return;
        }

        json.Said(",\""u8, rules.Because(line));
        json.Raw("\"]"u8);
    }

    private static void Reasons(ref JsonText json, ScoreSheet sheet, ModelPieces pieces)
    {
        json.Number(",\"rawScore\":"u8, sheet.RawScore);
        json.Number(",\"baseValue\":"u8, sheet.BaseValue);
        json.Raw(",\"reasons\":["u8);
        bool first = true;
        foreach (ref readonly SheetReason reason in sheet.Reasons)
        {
            json.Raw(first ? [] : ","u8);
            first = false;
            if (reason.Phrase is not { } phrase)
            {
                json.Number("[\"(all others)\",null,"u8, reason.Contribution);
            }
            else
            {
                json.Raw(pieces.LoggedFeatures[reason.Feature]);
                json.Shown(reason, phrase);
                json.Number(","u8, reason.Contribution);
            }

            json.Raw("]"u8);
        }

        json.Raw("]"u8);
    }
}
