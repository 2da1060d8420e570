using System.Collections.Immutable;
using LeadPredict.Features;
using LeadPredict.Funnel.Stages;
using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Models;

namespace LeadPredict.Artifacts.Format;

/// <summary>Reads and writes <c>model.json</c>.</summary>
internal static class ModelCodec
{
    /// <summary>What <c>model.json</c> holds of an <see cref="ArtifactDraft"/>.</summary>
    public sealed record Parts(
        ArtifactKind Kind,
        FunnelDefinition? Funnel,
        ScoreModel? Sql,
        ScoreModel? CloseGivenSql,
        ScoreModel? Close,
        CalibrationCurve? CloseRecalibration,
        ImmutableArray<double> ScoreQuantiles,
        CalibrationCurve? ScorecardSqlCurve,
        CalibrationCurve? ScorecardCloseCurve);

    public static byte[] Write(ArtifactDraft draft) => CanonicalJson.Write(
        json =>
        {
            json.WriteStartObject();
            json.WriteNumber("formatVersion", FormatLimits.FormatVersion);
            json.WriteString("kind", draft.Kind.ToString());
            FunnelCodec.Write(json, "funnel", draft.Funnel);
            ScoreModelCodec.Write(json, "sql", draft.Sql);
            ScoreModelCodec.Write(json, "closeGivenSql", draft.CloseGivenSql);
            ScoreModelCodec.Write(json, "close", draft.Close);
            CurveCodec.Write(json, "closeRecalibration", draft.CloseRecalibration);
            NumberArrays.Write(json, "scoreQuantiles", draft.ScoreQuantiles);
            CurveCodec.Write(json, "scorecardSqlCurve", draft.ScorecardSqlCurve);
            CurveCodec.Write(json, "scorecardCloseCurve", draft.ScorecardCloseCurve);
            json.WriteEndObject();
        },
        dense: true);

    /// <exception cref="ModelFormatException">The bytes are not a model of this format, or its parts do not fit together.</exception>
    public static Parts Read(string file, ReadOnlyMemory<byte> bytes, FeatureSchema schema)
    {
        JsonPlace root = JsonPlace.Parse(file, bytes);
        ManifestCodec.CheckFormatVersion(root);
        root.Object(
            "formatVersion", "kind", "funnel", "sql", "closeGivenSql", "close", "closeRecalibration", "scoreQuantiles", "scorecardSqlCurve", "scorecardCloseCurve");
        Parts parts = new(
            root.Member("kind").Word<ArtifactKind>(),
            root.Optional("funnel") is { } funnel ? FunnelCodec.Read(funnel) : null,
            Model(root, "sql", schema),
            Model(root, "closeGivenSql", schema),
            Model(root, "close", schema),
            Curve(root, "closeRecalibration"),
            Quantiles(root.Member("scoreQuantiles")),
            Curve(root, "scorecardSqlCurve"),
            Curve(root, "scorecardCloseCurve"));
        CheckLinks(root, parts);
        return parts;
    }

    private static ScoreModel? Model(JsonPlace root, string name, FeatureSchema schema)
    {
        if (root.Optional(name) is not { } place)
        {
            return null;
        }

        ScoreModel model = ScoreModelCodec.Read(place);
        return SchemaColumns.Fit(schema, model.Columns)
            ? model
            : throw place.Fault("columns that are not the schema's", $"the features of {ArtifactFiles.Schema}, in the same order");
    }

    private static CalibrationCurve? Curve(JsonPlace root, string name) => root.Optional(name) is { } place ? CurveCodec.Read(place) : null;

    private static ImmutableArray<double> Quantiles(JsonPlace place)
    {
        ImmutableArray<double> knots = place.Numbers();
        bool rising = knots.Length == FormatLimits.QuantileKnots && knots[0] >= 0 && knots[^1] <= 1;
        for (int i = 1; rising && i < knots.Length; i++)
        {
            rising = knots[i] >= knots[i - 1];
        }

        return rising ? knots : throw place.Fault("other numbers", $"{FormatLimits.QuantileKnots} quantiles from 0 to 1 that never fall");
    }

    private static void CheckLinks(JsonPlace root, Parts parts)
    {
        (bool sql, bool given, bool close) found = (parts.Sql is not null, parts.CloseGivenSql is not null, parts.Close is not null);
        (bool, bool, bool) expected = (parts.Funnel?.Qualify, parts.Funnel?.Close) switch
        {
            (not null, not null) => (true, true, false),
            (not null, null) => (true, false, false),
            _ => (false, false, true),
        };
        if (parts.Kind == ArtifactKind.Funnel != parts.Funnel is not null || found != expected)
        {
            throw root.Fault(
                $"kind {parts.Kind}, {(parts.Funnel is null ? "no funnel" : $"a funnel of {parts.Funnel.Links.Count} link(s)")}, sql {found.sql}, "
                + $"closeGivenSql {found.given}, close {found.close}",
                "one model for each link of the funnel, or close alone for a table");
        }
    }
}
