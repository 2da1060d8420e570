using LeadPredict.Learning;
using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Artifacts.Import;

/// <summary>Gives an XGBoost model this project's form. No branch differs; XGBoost adds leaves up as 32-bit floats, this project as 64-bit ones.</summary>
public static class XgBoostConversion
{
    /// <summary>The same trees as a score model, uncalibrated and with no interval.</summary>
    /// <param name="model">The model as read.</param>
    /// <param name="columns">What the rows hold that it will score.</param>
    /// <param name="places">For each column of the XGBoost model its place in those rows.</param>
    /// <exception cref="XgBoostFormatException">The trees cannot be walked, or ask of a column what it does not hold.</exception>
    public static ScoreModel Convert(XgBoostModel model, IReadOnlyList<FeatureColumn> columns, IReadOnlyList<XgBoostColumn> places)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(places);
        var arrays = new XgBoostArrays(model, places);
        for (int tree = 0; tree < model.Trees.Length; tree++)
        {
            arrays.Add(tree);
        }

        // base_score is a probability; boosting begins at its log-odds.
        double intercept = -Math.Log((1 / (double)model.BaseScore) - 1);
        try
        {
            var trees = new TreeEnsemble(arrays.ToArrays());
            return new(columns, trees, linear: null, treeWeight: 1, linearWeight: 0, intercept, new IdentityCurve(), IntervalTable.Unknown);
        }
        catch (ModelShapeException fault)
        {
            throw new XgBoostFormatException(model.File, XgBoostArrays.Trees, $"{fault.Part} of {fault.Found}", fault.Expected, fault);
        }
        catch (LearningException fault)
        {
            throw new XgBoostFormatException(model.File, "/learner", fault.Message, "columns that can be scored", fault);
        }
    }

}
