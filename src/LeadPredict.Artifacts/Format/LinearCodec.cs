using System.Text.Json;
using LeadPredict.Learning.Models;

namespace LeadPredict.Artifacts.Format;

/// <summary>Linear terms: one object a column.</summary>
internal static class LinearCodec
{
    public static void Write(Utf8JsonWriter json, string name, LinearTerms? linear)
    {
        if (linear is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        foreach (LinearTerm term in linear.Terms)
        {
            json.WriteStartObject();
            WriteValues(json, term);
            json.WriteNumber("average", term.Average);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Novelty has terms of the same shapes, none for columns that have none, and no averages.</summary>
    public static void Write(Utf8JsonWriter json, string name, NoveltyTerms novelty)
    {
        json.WriteStartArray(name);
        foreach (LinearTerm? term in novelty.Terms)
        {
            if (term is null)
            {
                json.WriteNullValue();
                continue;
            }

            json.WriteStartObject();
            WriteValues(json, term);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static LinearTerms Read(JsonPlace place) =>
        new([.. place.Items(FormatLimits.Columns).Select(term => ReadTerm(term, hasAverage: true))]);

    public static NoveltyTerms ReadNovelty(JsonPlace place) =>
        new([.. place.Items(FormatLimits.Columns).Select(term => term.IsNull ? null : ReadTerm(term, hasAverage: false))]);

    private static void WriteValues(Utf8JsonWriter json, LinearTerm term)
    {
        switch (term)
        {
            case NumericTerm numeric:
                NumberArrays.Write(json, "knots", numeric.Knots);
                NumberArrays.Write(json, "values", numeric.Values);
                break;
            case CategoricalTerm categorical:
                NumberArrays.Write(json, "coefficients", categorical.Coefficients);
                break;
        }

        json.WriteNumber("missing", term.Missing);
    }

    private static LinearTerm ReadTerm(JsonPlace place, bool hasAverage)
    {
        bool isCategorical = place.Has("coefficients");
        string[] values = isCategorical ? ["coefficients"] : ["knots", "values"];
        place.Object([.. values, "missing", .. hasAverage ? ["average"] : Array.Empty<string>()]);
        double missing = place.Member("missing").Number();
        double average = hasAverage ? place.Member("average").Number() : 0;
        try
        {
            return isCategorical
                ? new CategoricalTerm(place.Member("coefficients").Numbers(), missing, average)
                : new NumericTerm(place.Member("knots").Numbers(), place.Member("values").Numbers(), missing, average);
        }
        catch (ModelShapeException fault)
        {
            // A term does not know where it stands.
            throw new ModelFormatException(place.File, $"{place.Pointer} ({fault.Part})", fault.Found, fault.Expected, fault);
        }
    }
}
