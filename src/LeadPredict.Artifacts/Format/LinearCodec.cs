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
            json.WriteNumber("average", term.Average);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static LinearTerms Read(JsonPlace place) =>
        new([.. place.Items(FormatLimits.Columns).Select(ReadTerm)]);

    private static LinearTerm ReadTerm(JsonPlace place)
    {
        if (place.Has("coefficients"))
        {
            place.Object("coefficients", "missing", "average");
            return new CategoricalTerm(place.Member("coefficients").Numbers(), place.Member("missing").Number(), place.Member("average").Number());
        }

        place.Object("knots", "values", "missing", "average");
        return new NumericTerm(
            place.Member("knots").Numbers(), place.Member("values").Numbers(), place.Member("missing").Number(), place.Member("average").Number());
    }
}
