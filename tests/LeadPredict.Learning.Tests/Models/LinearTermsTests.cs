using LeadPredict.Learning.Models;

namespace LeadPredict.Learning.Tests.Models;

public sealed class LinearTermsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(40)]
    public void Score_OnAndBesideEveryKnot_HasTheBitsOfTheTerm(int knots)
    {
        var random = new Random(knots);
        for (int i = 0; i < 200; i++)
        {
            NumericTerm term = Term(random, knots);
            var terms = new LinearTerms([Term(random, 3), new CategoricalTerm([0.5], 0.25, 0), term]);
            IEnumerable<float> near = term.Knots.SelectMany(knot => new[] { float.BitDecrement((float)knot), (float)knot, float.BitIncrement((float)knot) });
            foreach (float value in near.Concat([float.NaN, float.NegativeInfinity, float.PositiveInfinity, float.MinValue, float.MaxValue, 0, -0f, (float)random.NextDouble()]))
            {
                terms.Score(2, value).ShouldBe(term.Score(value), $"{value:R} of {string.Join(' ', term.Knots)}");
            }
        }
    }

    [Fact]
    public void Score_KnotsBeyondAllSingles_HasTheBitsOfTheTerm()
    {
        var term = new NumericTerm([-1e300, -1e39, 1e39, 1e300], [1, 2, 3, 4], 0, 0);
        var terms = new LinearTerms([term]);
        foreach (float value in (float[])[float.NegativeInfinity, float.MinValue, 0, float.MaxValue, float.PositiveInfinity])
        {
            terms.Score(0, value).ShouldBe(term.Score(value));
        }
    }

    private static NumericTerm Term(Random random, int knots)
    {
        // Some knots are singles and some lie between two.
        double[] at = [.. Enumerable.Range(0, knots).Select(_ => random.Next(2) == 0 ? random.NextDouble() - 0.5 : (float)(random.NextDouble() - 0.5)).Distinct().Order()];
        return new([.. at], [.. at.Select(_ => random.NextDouble() - 0.5)], random.NextDouble(), 0);
    }
}
