using System.Text.Json;
using LeadPredict.Learning.Calibration;

namespace LeadPredict.Artifacts.Format;

/// <summary>Calibration curves as JSON: <c>method</c> and its parameters.</summary>
internal static class CurveCodec
{
    public static void Write(Utf8JsonWriter json, string name, CalibrationCurve? curve)
    {
        if (curve is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("method", curve.Method.ToString());
        switch (curve)
        {
            case SigmoidCurve sigmoid:
                json.WriteNumber("a", sigmoid.A);
                json.WriteNumber("b", sigmoid.B);
                break;
            case BetaCurve beta:
                json.WriteNumber("a", beta.A);
                json.WriteNumber("b", beta.B);
                json.WriteNumber("c", beta.C);
                break;
            case IsotonicCurve isotonic:
                NumberArrays.Write(json, "knots", isotonic.Knots);
                NumberArrays.Write(json, "values", isotonic.Values);
                break;
        }

        json.WriteEndObject();
    }

    public static CalibrationCurve Read(JsonPlace place)
    {
        CalibrationMethod method = place.Has("method") ? place.Member("method").Word<CalibrationMethod>() : CalibrationMethod.Auto;
        try
        {
            switch (method)
            {
                case CalibrationMethod.None:
                    place.Object("method");
                    return new IdentityCurve();
                case CalibrationMethod.Sigmoid:
                    place.Object("method", "a", "b");
                    return new SigmoidCurve(place.Member("a").Number(), place.Member("b").Number());
                case CalibrationMethod.Beta:
                    place.Object("method", "a", "b", "c");
                    return new BetaCurve(place.Member("a").Number(), place.Member("b").Number(), place.Member("c").Number());
                case CalibrationMethod.Isotonic:
                    place.Object("method", "knots", "values");
                    return new IsotonicCurve([.. place.Member("knots").Numbers()], [.. place.Member("values").Numbers()]);
                default:
                    throw place.Fault("no fitted method", "method None, Sigmoid, Beta or Isotonic");
            }
        }
        catch (CalibrationFormatException fault)
        {
            throw new ModelFormatException(place.File, $"{place.Pointer} ({fault.Parameter})", fault.Found, fault.Expected, fault);
        }
    }
}
