using System.Collections.Immutable;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;

namespace LeadPredict.Learning.Logistic;

/// <summary>A table as the logistic model sees it: every column by its basis, and a last number, always 1, for the intercept.</summary>
internal sealed class LogisticDesign : PenalisedRows
{
    /// <summary>The equations are solved densely: beyond this many coefficients the rarest codes lose theirs.</summary>
    private const int MostCoefficients = 1000;

    /// <summary>Beyond this many coefficients of numeric columns their lines bend at fewer places: so many bends are more than rows can tell.</summary>
    private const int MostOfNumbers = 600;

    private const int MostStretches = 8;

    private readonly FeatureTable _table;
    private readonly IColumnBasis[] _bases;

    public LogisticDesign(FeatureTable table)
        : this(table, Learn(table))
    {
    }

    private LogisticDesign(FeatureTable table, IColumnBasis[] bases)
        : base(Append(table, bases), [.. bases.Select(basis => basis.Penalty)])
    {
        _table = table;
        _bases = bases;
        Rises = [.. bases.Select(basis => basis.Rises)];
    }

    /// <summary>By column, <see cref="IColumnBasis.Rises"/>.</summary>
    public int[] Rises { get; }

    /// <summary>The served form of fitted coefficients.</summary>
    /// <param name="coefficients">Of all columns.</param>
    /// <param name="weights">By row of the table: what the averages are taken over.</param>
    /// <param name="directions">By column: 1, -1, or 0 for free; null when all are.</param>
    public LinearTerms Terms(double[] coefficients, float[] weights, int[]? directions)
    {
        var terms = ImmutableArray.CreateBuilder<LinearTerm>(_bases.Length);
        for (int column = 0; column < _bases.Length; column++)
        {
            LinearTerm term = _bases[column].Term(coefficients);
            if (term is NumericTerm numeric && directions is not null && directions[column] != 0)
            {
                term = MonotoneHold.Level(numeric, directions[column]);
            }

            terms.Add(term.From(ColumnAverage.Of(term, _table.Column(column), weights)));
        }

        return new LinearTerms(terms.MoveToImmutable());
    }

    /// <summary>What widens the interval of rows unlike those fitted; null when nothing does.</summary>
    /// <param name="penaltyWeights">For each column the weight of each of its forms: one over a prior variance.</param>
    /// <param name="coefficients">Fitted with them.</param>
    /// <param name="weights">By row of the table.</param>
    /// <param name="rows">Those fitted.</param>
    public NoveltyTerms? Novelty(double[][] penaltyWeights, double[] coefficients, float[] weights, int[] rows)
    {
        double[] information = Information(coefficients, weights, rows);
        double hidden = HiddenSignal.Variance(information[Intercept], _bases.Length) / _bases.Length;
        var terms = ImmutableArray.CreateBuilder<LinearTerm?>(_bases.Length);
        for (int column = 0; column < _bases.Length; column++)
        {
            LinearTerm? variances = _bases[column].Variances(new(penaltyWeights[column], information, hidden));
            terms.Add(ColumnNovelty.BeyondUsual(variances, _table.Column(column), weights));
        }

        return terms.Any(term => term is not null) ? new(terms.MoveToImmutable()) : null;
    }

    private double[] Information(double[] coefficients, float[] weights, int[] rows)
    {
        var information = new double[Size];
        foreach (int row in rows)
        {
            double p = Calibration.LogOdds.ToProbability(Score(row, coefficients));
            ReadOnlySpan<int> places = Rows.Places(row);
            ReadOnlySpan<float> values = Rows.Values(row);
            for (int i = 0; i < places.Length; i++)
            {
                information[places[i]] += weights[row] * p * (1 - p) * values[i] * values[i];
            }
        }

        return information;
    }

    private static IColumnBasis[] Learn(FeatureTable table)
    {
        int stretches = MostStretches;
        bool tails = true;
        int leastCount = 2;
        IColumnBasis[] bases = Learn(table, stretches, tails, leastCount);
        while (bases.OfType<NumericBasis>().Sum(basis => basis.Count) > MostOfNumbers && tails)
        {
            tails = stretches > 1;
            stretches = Math.Max(1, stretches / 2);
            bases = Learn(table, stretches, tails, leastCount);
        }

        while (bases.Sum(basis => basis.Count) > MostCoefficients && leastCount < table.RowCount)
        {
            leastCount *= 2;
            bases = Learn(table, stretches, tails, leastCount);
        }

        return bases;
    }

    private static SparseRows Append(FeatureTable table, IColumnBasis[] bases)
    {
        var rows = new SparseRows();
        int intercept = bases.Sum(basis => basis.Count);
        for (int row = 0; row < table.RowCount; row++)
        {
            for (int column = 0; column < bases.Length; column++)
            {
                bases[column].Append(table.Column(column)[row], rows);
            }

            rows.Add(intercept, 1);
            rows.EndRow();
        }

        return rows;
    }

    private static IColumnBasis[] Learn(FeatureTable table, int stretches, bool tails, int leastCount)
    {
        var bases = new IColumnBasis[table.Columns.Count];
        int first = 0;
        for (int column = 0; column < bases.Length; column++)
        {
            FeatureColumn of = table.Columns[column];
            ReadOnlySpan<float> values = table.Column(column);
            bases[column] = of.Kind == ColumnKind.Numeric
                ? new NumericBasis(values, stretches, first, tails)
                : new CategoricalBasis(values, of, leastCount, first);
            first += bases[column].Count;
        }

        return bases;
    }
}
