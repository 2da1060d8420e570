namespace LeadPredict.Learning.Calibration;

/// <summary>A calibration curve was given parameters it cannot have, for example by a damaged model file.</summary>
public sealed class CalibrationFormatException : LearningException
{
    /// <summary>Names the faulty parameter of a curve.</summary>
    /// <param name="curve">The kind of curve, for example <c>beta</c>.</param>
    /// <param name="parameter">The parameter, for example <c>A</c> or <c>Knots[3]</c>.</param>
    /// <param name="found">What was found, in words or as a number.</param>
    /// <param name="expected">What would have been right.</param>
    public CalibrationFormatException(string curve, string parameter, string found, string expected)
        : base($"The {curve} calibration curve has {parameter} = {found}; expected {expected}. Load the model again from where it was published, or train it anew.")
    {
        Curve = curve;
        Parameter = parameter;
        Found = found;
        Expected = expected;
    }

    /// <summary>The kind of curve: <c>sigmoid</c>, <c>beta</c> or <c>isotonic</c>.</summary>
    public string Curve { get; }

    /// <summary>The faulty parameter, with its index when it is an element of an array.</summary>
    public string Parameter { get; }

    /// <summary>The value found.</summary>
    public string Found { get; }

    /// <summary>The values allowed.</summary>
    public string Expected { get; }
}
