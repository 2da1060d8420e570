namespace LeadPredict.Learning.Calibration;

/// <summary>The calibration that was chosen, and what it was chosen from.</summary>
/// <param name="Method">The method chosen; never <see cref="CalibrationMethod.Auto"/>.</param>
/// <param name="Curve">That method fitted on all rows.</param>
/// <param name="Candidates">Every method tried, from the simplest to the freest.</param>
public sealed record CalibrationChoice(CalibrationMethod Method, CalibrationCurve Curve, IReadOnlyList<CalibrationCandidate> Candidates);

/// <summary>How one method did on rows that its curve was not fitted on.</summary>
/// <param name="Method">The method.</param>
/// <param name="LogLoss">Its weighted mean log loss out of fold, in nats.</param>
/// <param name="GainOverSimpler">Log loss of the method chosen so far, among the simpler ones, minus this one's; 0 for the simplest.</param>
/// <param name="GainStandardError">Standard error of that gain, with rows of one group taken together; 0 for the simplest.</param>
public sealed record CalibrationCandidate(CalibrationMethod Method, double LogLoss, double GainOverSimpler, double GainStandardError);
