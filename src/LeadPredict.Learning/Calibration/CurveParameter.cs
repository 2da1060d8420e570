using System.Globalization;

namespace LeadPredict.Learning.Calibration;

/// <summary>The checks that curves share; each returns the value, so a constructor checks and keeps in one line.</summary>
internal static class CurveParameter
{
    public static double Finite(string curve, string name, double value) =>
        double.IsFinite(value) ? value : throw Fault(curve, name, value, "a finite number");

    public static double NonNegative(string curve, string name, double value) =>
        double.IsFinite(value) && value >= 0.0 ? value : throw Fault(curve, name, value, "a finite number of at least 0, so that the curve never falls");

    public static double Probability(string curve, string name, double value) =>
        value >= 0.0 && value <= 1.0 ? value : throw Fault(curve, name, value, "a probability from 0 to 1");

    public static CalibrationFormatException Fault(string curve, string name, double value, string expected) =>
        new(curve, name, value.ToString("R", CultureInfo.InvariantCulture), expected);
}
