using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Logistic;

/// <summary>
/// How a categorical column enters the logistic model: an indicator for each code that occurs often enough, and one for missing values. The
/// penalty pulls each toward 0, the more the rarer it is; codes without an indicator stay there, and so does the code of other values: a
/// value that was never seen says nothing, whatever the rare ones of the training rows had in common.
/// </summary>
internal sealed class CategoricalBasis : IColumnBasis
{
    private readonly int[] _placeOfCode;
    private readonly int _missingPlace;
    private readonly int _first;

    /// <summary>Gives places from <paramref name="first"/> on to codes that occur at least <paramref name="leastCount"/> times.</summary>
    public CategoricalBasis(ReadOnlySpan<float> values, FeatureColumn column, int leastCount, int first)
    {
        _first = first;
        int cardinality = column.Cardinality;
        var counts = new int[cardinality];
        int missing = 0;
        foreach (float value in values)
        {
            if (float.IsNaN(value))
            {
                missing++;
            }
            else
            {
                counts[(int)value]++;
            }
        }

        _placeOfCode = new int[cardinality];
        int place = first;
        for (int code = 0; code < cardinality; code++)
        {
            _placeOfCode[code] = counts[code] >= leastCount && !(column.HasOther && code == 0) ? place++ : -1;
        }

        _missingPlace = missing >= leastCount ? place++ : -1;
        Count = place - first;
    }

    public int Count { get; }

    public int Rises => 0;

    /// <summary>One form: each category's distance from none.</summary>
    public ColumnPenalty Penalty => new(_first, Count, Count == 0 ? [] : [[.. Enumerable.Range(0, Count).Select(Unit)]]);

    public void Append(float value, SparseRows rows)
    {
        int place = float.IsNaN(value) ? _missingPlace : _placeOfCode[(int)value];
        if (place >= 0)
        {
            rows.Add(place, 1);
        }
    }

    public LinearTerm Term(ReadOnlySpan<double> coefficients)
    {
        var byCode = new double[_placeOfCode.Length];
        for (int code = 0; code < byCode.Length; code++)
        {
            byCode[code] = _placeOfCode[code] >= 0 ? coefficients[_placeOfCode[code]] : 0;
        }

        double missing = _missingPlace >= 0 ? coefficients[_missingPlace] : 0;
        return new CategoricalTerm([.. byCode], missing, 0);
    }

    /// <summary>A category that the rows did not have may do what any may; one that they had is known the better the more of them had it.</summary>
    public LinearTerm? Variances(ColumnNovelty novelty)
    {
        if (Count == 0)
        {
            return null;
        }

        double Of(int place) => place >= 0 ? novelty.Variance(0, place) : novelty.Variance(0);
        return new CategoricalTerm([.. _placeOfCode.Select(Of)], Of(_missingPlace), 0);
    }

    private double[] Unit(int place)
    {
        var row = new double[Count];
        row[place] = 1;
        return row;
    }
}
