using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Trees;

namespace LeadPredict.Learning.Tests.Trees;

/// <summary>Derivatives for tests that need no labels.</summary>
internal static class DrawnDerivatives
{
    /// <summary>Seeded: first derivatives from -0.5 to 0.5, second ones from 0 to 1.</summary>
    public static AlignedArray<RowDerivatives> Of(int rows, int seed, SumScale scale)
    {
        var random = new Random(seed);
        return Of([.. Enumerable.Range(0, rows).Select(_ => random.NextDouble() - 0.5)], _ => random.NextDouble(), scale);
    }

    /// <summary>Given ones.</summary>
    public static AlignedArray<RowDerivatives> Of(IReadOnlyList<double> gradients, Func<int, double> hessian, SumScale scale)
    {
        var derivatives = new AlignedArray<RowDerivatives>(gradients.Count);
        for (int row = 0; row < gradients.Count; row++)
        {
            derivatives.Span[row] = scale.Row((int)Math.Round(gradients[row] * scale.ToGradient), (int)Math.Round(hessian(row) * scale.ToHessian));
        }

        return derivatives;
    }
}
