namespace LeadPredict.Scorecard.Rules;

/// <summary>
/// The grade: a letter for fit (A is best, D below C) and a digit for engagement (1 is best, 4 below 3), such as B2.
/// Each band starts at its points, included.
/// </summary>
/// <param name="Fit">Fit points from which A, B and C start, descending.</param>
/// <param name="Engagement">Engagement points from which 1, 2 and 3 start, descending.</param>
public sealed record GradeBands(IReadOnlyList<double> Fit, IReadOnlyList<double> Engagement)
{
    private static readonly string[] Grades =
        ["A1", "A2", "A3", "A4", "B1", "B2", "B3", "B4", "C1", "C2", "C3", "C4", "D1", "D2", "D3", "D4"];

    /// <summary>The grade from A1 to D4.</summary>
    public string Of(double fit, double engagement) => Grades[(Band(Fit, fit) * 4) + Band(Engagement, engagement)];

    private static int Band(IReadOnlyList<double> starts, double points)
    {
        int band = 0;
        while (band < starts.Count && points < starts[band])
        {
            band++;
        }

        return band;
    }
}
