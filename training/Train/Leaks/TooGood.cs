using System.Globalization;
using LeadPredict.Learning.Evaluation;

namespace LeadPredict.Training.Train.Leaks;

/// <summary>Doubts figures that are better than leads can be foreseen: columns none of which knows the answer alone may know it together.</summary>
internal static class TooGood
{
    private const double Auc = 0.95;

    /// <summary>The doubt, or nothing.</summary>
    /// <param name="figures">On rows that were not learnt from, or null.</param>
    /// <param name="of">What was foreseen, for example <c>P(SQL)</c>; null where it is one thing.</param>
    public static IEnumerable<string> Doubt(EvaluationReport? figures, string? of = null)
    {
        if (figures is not null && figures.Auc.Value >= Auc)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{(of is null ? "" : of + ": ")}an AUC of {figures.Auc.Value:0.000} is more than leads are foreseen by: look for columns that know the answer together, such as a date of creation and one of the last change, or a count of now beside one of the close.");
        }
    }
}
