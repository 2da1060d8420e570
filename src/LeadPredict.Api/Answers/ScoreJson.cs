using System.Globalization;
using System.Text.Json;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;

namespace LeadPredict.Api.Answers;

/// <summary>Writes a score member by member: the same bytes as the serializer with <see cref="AnswerJson.Options"/>, in a third of the time.</summary>
internal static class ScoreJson
{
    private static readonly JsonEncodedText[] Stages = Names<Stage>();
    private static readonly JsonEncodedText[] Links = Names<ModelLink>(camel: true);
    private static readonly JsonEncodedText[] Agreements = Names<Agreement>(camel: true);
    private static JsonEncodedText _method;
    private static string? _methodText;

    public static void Write(Utf8JsonWriter json, LeadScore score)
    {
        json.WriteStartObject();
        json.WriteString(Name.LeadId, score.LeadId);
        Instant(json, Name.AsOf, score.AsOf);
        json.WriteString(Name.Stage, Stages[(int)score.Stage]);
        json.WriteStartObject(Name.Model);
        json.WriteString(Name.NameMember, score.Model.Name);
        json.WriteNumber(Name.Version, score.Model.Version);
        json.WriteString(Name.Hash, score.Model.Hash);
        json.WriteEndObject();
        json.WriteStartObject(Name.Probabilities);
        Estimate(json, Name.Sql, score.Probabilities.Sql);
        Estimate(json, Name.CloseGivenSql, score.Probabilities.CloseGivenSql);
        Estimate(json, Name.Close, score.Probabilities.Close);
        json.WriteEndObject();
        json.WriteNumber(Name.Score, score.Score);
        json.WriteString(Name.Grade, score.Grade);
        Scorecard(json, score.Scorecard);
        json.WriteString(Name.Agreement, Agreements[(int)score.Agreement]);
        json.WriteStartObject(Name.Next);
        json.WriteString(Name.Stage, Stages[(int)score.Next.Stage]);
        json.WriteString(Name.Action, score.Next.Action);
        json.WriteString(Name.Owner, score.Next.Owner);
        json.WriteString(Name.Because, score.Next.Because);
        json.WriteEndObject();
        if (score.ReasonsOf is { } link)
        {
            json.WriteString(Name.ReasonsOf, Links[(int)link]);
        }
        else
        {
            json.WriteNull(Name.ReasonsOf);
        }

        Number(json, Name.RawScore, score.RawScore);
        Number(json, Name.BaseValue, score.BaseValue);
        Reasons(json, score.Reasons);
        json.WriteString(Name.ReasonsMethod, Method(score.ReasonsMethod));
        json.WriteBoolean(Name.Abstained, score.Abstained);
        if (score.AbstainedBecause is { } why)
        {
            json.WriteString(Name.AbstainedBecause, why);
        }
        else
        {
            json.WriteNull(Name.AbstainedBecause);
        }

        json.WriteStartArray(Name.Warnings);
        foreach (string warning in score.Warnings)
        {
            json.WriteStringValue(warning);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Scorecard(Utf8JsonWriter json, ScorecardScore? rules)
    {
        if (rules is null)
        {
            json.WriteNull(Name.Scorecard);
            return;
        }

        json.WriteStartObject(Name.Scorecard);
        json.WriteNumber(Name.Version, rules.Version);
        json.WriteNumber(Name.Points, rules.Points);
        json.WriteNumber(Name.Fit, rules.Fit);
        json.WriteNumber(Name.Engagement, rules.Engagement);
        json.WriteString(Name.Grade, rules.Grade);
        json.WriteString(Name.Stage, Stages[(int)rules.Stage]);
        json.WriteString(Name.Because, rules.Because);
        Number(json, Name.Probability, rules.Probability);
        json.WriteStartArray(Name.Items);
        foreach (ScorecardPoint item in rules.Items)
        {
            json.WriteStartObject();
            json.WriteString(Name.Rule, item.Rule);
            json.WriteString(Name.Group, item.Group);
            json.WriteNumber(Name.Points, item.Points);
            json.WriteString(Name.Because, item.Because);
            json.WriteNumber(Name.Hits, item.Hits);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray(Name.Criteria);
        foreach (ScorecardCriterion criterion in rules.Criteria)
        {
            json.WriteStartObject();
            json.WriteString(Name.NameMember, criterion.Name);
            json.WriteBoolean(Name.Met, criterion.Met);
            json.WriteString(Name.Because, criterion.Because);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Reasons(Utf8JsonWriter json, IReadOnlyList<ScoreReason> reasons)
    {
        json.WriteStartArray(Name.Reasons);
        foreach (ScoreReason reason in reasons)
        {
            json.WriteStartObject();
            json.WriteString(Name.Feature, reason.Feature);
            switch (reason.Value)
            {
                case null:
                    json.WriteNull(Name.Value);
                    break;
                case string text:
                    json.WriteString(Name.Value, text);
                    break;
                case float number:
                    json.WriteNumber(Name.Value, number);
                    break;
                default:
                    json.WritePropertyName(Name.Value);
                    JsonSerializer.Serialize(json, reason.Value, AnswerJson.Options);
                    break;
            }

            json.WriteNumber(Name.Contribution, reason.Contribution);
            json.WriteString(Name.Text, reason.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Estimate(Utf8JsonWriter json, JsonEncodedText name, ProbabilityEstimate? estimate)
    {
        if (estimate is not { } known)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber(Name.Value, known.Value);
        json.WriteNumber(Name.Low, known.Low);
        json.WriteNumber(Name.High, known.High);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, JsonEncodedText name, double? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Instant(Utf8JsonWriter json, JsonEncodedText name, DateTimeOffset instant)
    {
        Span<char> text = stackalloc char[32];
        instant.UtcDateTime.TryFormat(text, out int length, InstantConverter.Format, CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }

    /// <summary>The long sentence is the same for all scores: escaped once.</summary>
    private static JsonEncodedText Method(string text)
    {
        if (!ReferenceEquals(Volatile.Read(ref _methodText), text))
        {
            _method = JsonEncodedText.Encode(text);
            Volatile.Write(ref _methodText, text);
        }

        return _method;
    }

    private static JsonEncodedText[] Names<T>(bool camel = false)
        where T : struct, Enum =>
        [.. Enum.GetNames<T>().Select(name => JsonEncodedText.Encode(camel ? JsonNamingPolicy.CamelCase.ConvertName(name) : name))];

    private static class Name
    {
        public static readonly JsonEncodedText LeadId = JsonEncodedText.Encode("leadId");
        public static readonly JsonEncodedText AsOf = JsonEncodedText.Encode("asOf");
        public static readonly JsonEncodedText Stage = JsonEncodedText.Encode("stage");
        public static readonly JsonEncodedText Model = JsonEncodedText.Encode("model");
        public static readonly JsonEncodedText NameMember = JsonEncodedText.Encode("name");
        public static readonly JsonEncodedText Version = JsonEncodedText.Encode("version");
        public static readonly JsonEncodedText Hash = JsonEncodedText.Encode("hash");
        public static readonly JsonEncodedText Probabilities = JsonEncodedText.Encode("probabilities");
        public static readonly JsonEncodedText Sql = JsonEncodedText.Encode("sql");
        public static readonly JsonEncodedText CloseGivenSql = JsonEncodedText.Encode("closeGivenSql");
        public static readonly JsonEncodedText Close = JsonEncodedText.Encode("close");
        public static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
        public static readonly JsonEncodedText Low = JsonEncodedText.Encode("low");
        public static readonly JsonEncodedText High = JsonEncodedText.Encode("high");
        public static readonly JsonEncodedText Score = JsonEncodedText.Encode("score");
        public static readonly JsonEncodedText Grade = JsonEncodedText.Encode("grade");
        public static readonly JsonEncodedText Scorecard = JsonEncodedText.Encode("scorecard");
        public static readonly JsonEncodedText Points = JsonEncodedText.Encode("points");
        public static readonly JsonEncodedText Fit = JsonEncodedText.Encode("fit");
        public static readonly JsonEncodedText Engagement = JsonEncodedText.Encode("engagement");
        public static readonly JsonEncodedText Because = JsonEncodedText.Encode("because");
        public static readonly JsonEncodedText Probability = JsonEncodedText.Encode("probability");
        public static readonly JsonEncodedText Items = JsonEncodedText.Encode("items");
        public static readonly JsonEncodedText Rule = JsonEncodedText.Encode("rule");
        public static readonly JsonEncodedText Group = JsonEncodedText.Encode("group");
        public static readonly JsonEncodedText Hits = JsonEncodedText.Encode("hits");
        public static readonly JsonEncodedText Criteria = JsonEncodedText.Encode("criteria");
        public static readonly JsonEncodedText Met = JsonEncodedText.Encode("met");
        public static readonly JsonEncodedText Agreement = JsonEncodedText.Encode("agreement");
        public static readonly JsonEncodedText Next = JsonEncodedText.Encode("next");
        public static readonly JsonEncodedText Action = JsonEncodedText.Encode("action");
        public static readonly JsonEncodedText Owner = JsonEncodedText.Encode("owner");
        public static readonly JsonEncodedText ReasonsOf = JsonEncodedText.Encode("reasonsOf");
        public static readonly JsonEncodedText RawScore = JsonEncodedText.Encode("rawScore");
        public static readonly JsonEncodedText BaseValue = JsonEncodedText.Encode("baseValue");
        public static readonly JsonEncodedText Reasons = JsonEncodedText.Encode("reasons");
        public static readonly JsonEncodedText ReasonsMethod = JsonEncodedText.Encode("reasonsMethod");
        public static readonly JsonEncodedText Feature = JsonEncodedText.Encode("feature");
        public static readonly JsonEncodedText Contribution = JsonEncodedText.Encode("contribution");
        public static readonly JsonEncodedText Text = JsonEncodedText.Encode("text");
        public static readonly JsonEncodedText Abstained = JsonEncodedText.Encode("abstained");
        public static readonly JsonEncodedText AbstainedBecause = JsonEncodedText.Encode("abstainedBecause");
        public static readonly JsonEncodedText Warnings = JsonEncodedText.Encode("warnings");
    }
}
