namespace LeadPredict.Learning.Logistic;

/// <summary>Rows of which most numbers are 0, one after the other (compressed sparse rows).</summary>
internal sealed class SparseRows
{
    private readonly List<int> _starts = [0];
    private readonly List<int> _places = [];
    private readonly List<float> _values = [];

    /// <summary>Adds a number to the row being built; places increase within a row.</summary>
    public void Add(int place, double value)
    {
        _places.Add(place);
        _values.Add((float)value);
    }

    /// <summary>Ends the row being built.</summary>
    public void EndRow() => _starts.Add(_places.Count);

    public ReadOnlySpan<int> Places(int row) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_places).Slice(_starts[row], _starts[row + 1] - _starts[row]);

    public ReadOnlySpan<float> Values(int row) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_values).Slice(_starts[row], _starts[row + 1] - _starts[row]);
}
