using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Logistic;

/// <summary>
/// How a categorical column enters the logistic model: an indicator for each code that occurs often enough, one for missing values, and one
/// that all rare codes share where there are enough of them to say what rare values have in common. The penalty pulls each toward 0, the
/// more the rarer it is. The code of other values has what rare ones share: a value that was never seen is one of them, as a rule.
/// </summary>
internal sealed class CategoricalBasis : IColumnBasis
{
    /// <summary>A code of fewer rows is rare.</summary>
    private const int RareRows = 20;

    /// <summary>A few rare codes say nothing of further ones.</summary>
    private const int LeastRareCodes = 10;

    private readonly int[] _placeOfCode;
    private readonly bool[] _isRare;
    private readonly int _rarePlace;
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
            _placeOfCode[code] = counts[code] >= leastCount && !IsOther(column, code) ? place++ : -1;
        }

        _missingPlace = missing >= leastCount ? place++ : -1;
        _isRare = [.. counts.Select((count, code) => count < Math.Max(RareRows, leastCount) || IsOther(column, code))];
        int rareCodes = counts.Where((count, code) => count > 0 && _isRare[code]).Count();
        _rarePlace = rareCodes >= LeastRareCodes ? place++ : -1;
        Count = place - first;
    }

    public int Count { get; }

    public int Rises => 0;

    /// <summary>One form: each category's distance from none, or from what rare ones share.</summary>
    public ColumnPenalty Penalty => new(_first, Count, Count == 0 ? [] : [[.. Enumerable.Range(0, Count).Select(Unit)]]);

    public void Append(float value, SparseRows rows)
    {
        int place = float.IsNaN(value) ? _missingPlace : _placeOfCode[(int)value];
        if (place >= 0)
        {
            rows.Add(place, 1);
        }

        if (_rarePlace >= 0 && !float.IsNaN(value) && _isRare[(int)value])
        {
            rows.Add(_rarePlace, 1);
        }
    }

    public LinearTerm Term(ReadOnlySpan<double> coefficients)
    {
        double shared = _rarePlace >= 0 ? coefficients[_rarePlace] : 0;
        var byCode = new double[_placeOfCode.Length];
        for (int code = 0; code < byCode.Length; code++)
        {
            double own = _placeOfCode[code] >= 0 ? coefficients[_placeOfCode[code]] : 0;
            byCode[code] = _isRare[code] ? own + shared : own;
        }

        double missing = _missingPlace >= 0 ? coefficients[_missingPlace] : 0;
        return new CategoricalTerm([.. byCode], missing, 0);
    }

    /// <summary>A category that the rows did not have may do what any may; one that they had is known the better the more of them had it. Of rare ones what they share is open too.</summary>
    public LinearTerm? Variances(ColumnNovelty novelty)
    {
        if (Count == 0)
        {
            return null;
        }

        double shared = _rarePlace >= 0 ? novelty.Variance(0, _rarePlace) : 0;
        double Of(int place) => place >= 0 ? novelty.Variance(0, place) : novelty.Variance(0);
        return new CategoricalTerm([.. _placeOfCode.Select((place, code) => Of(place) + (_isRare[code] ? shared : 0))], Of(_missingPlace), 0);
    }

    private static bool IsOther(FeatureColumn column, int code) => column.HasOther && code == 0;

    private double[] Unit(int place)
    {
        var row = new double[Count];
        row[place] = 1;
        return row;
    }
}
