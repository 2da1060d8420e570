using System.Text.Json;
using LeadPredict.Learning;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Artifacts.Format;

/// <summary>One <see cref="ScoreModel"/>: columns, trees, linear terms, weights, calibration, intervals.</summary>
internal static class ScoreModelCodec
{
    /// <summary>Left out by models without it, among them all that were written before there was one.</summary>
    private const string NoveltyMember = "novelty";

    public static void Write(Utf8JsonWriter json, string name, ScoreModel? model)
    {
        if (model is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteStartArray("columns");
        foreach (FeatureColumn column in model.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("kind", column.Kind.ToString());
            json.WriteNumber("cardinality", column.Cardinality);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("intercept", model.Intercept);
        json.WriteNumber("treeWeight", model.TreeWeight);
        json.WriteNumber("linearWeight", model.LinearWeight);
        TreesCodec.Write(json, "trees", model.Trees);
        LinearCodec.Write(json, "linear", model.Linear);
        CurveCodec.Write(json, "calibration", model.Calibration);
        json.WriteStartObject("intervals");
        NumberArrays.Write(json, "knots", model.Intervals.Knots);
        NumberArrays.Write(json, "low", model.Intervals.Low);
        NumberArrays.Write(json, "high", model.Intervals.High);
        json.WriteEndObject();
        if (model.Novelty is { } novelty)
        {
            LinearCodec.Write(json, NoveltyMember, novelty);
        }

        json.WriteEndObject();
    }

    public static ScoreModel Read(JsonPlace place)
    {
        ReadOnlySpan<string> members = ["columns", "intercept", "treeWeight", "linearWeight", "trees", "linear", "calibration", "intervals", NoveltyMember];
        place.Object(place.Has(NoveltyMember) ? members : members[..^1]);
        FeatureColumn[] columns = [.. place.Member("columns").Items(FormatLimits.Columns).Select(ReadColumn)];
        JsonPlace intervals = place.Member("intervals").Object("knots", "low", "high");
        try
        {
            return new(
                columns,
                place.Optional("trees") is { } trees ? TreesCodec.Read(trees) : null,
                place.Optional("linear") is { } linear ? LinearCodec.Read(linear) : null,
                place.Member("treeWeight").Number(),
                place.Member("linearWeight").Number(),
                place.Member("intercept").Number(),
                CurveCodec.Read(place.Member("calibration")),
                new IntervalTable(
                    intervals.Member("knots").Numbers(), intervals.Member("low").Numbers(), intervals.Member("high").Numbers()),
                place.Has(NoveltyMember) ? LinearCodec.ReadNovelty(place.Member(NoveltyMember)) : null);
        }
        catch (ModelShapeException fault)
        {
            throw new ModelFormatException(place.File, $"{place.Pointer} ({fault.Part})", fault.Found, fault.Expected, fault);
        }
        catch (LearningException fault)
        {
            throw new ModelFormatException(place.File, place.Pointer, "parts that do not fit: " + fault.Message, "a model that fits its columns", fault);
        }
    }

    private static FeatureColumn ReadColumn(JsonPlace place)
    {
        place.Object("name", "kind", "cardinality");
        return new(place.Member("name").Text(), place.Member("kind").Word<ColumnKind>(), place.Member("cardinality").Integer());
    }
}
