namespace LeadPredict.Learning.Trees;

/// <summary>Label and weight of each row in one number: the weight, below 0 where the label is 1.</summary>
internal sealed class SignedWeights
{
    private readonly float[] _values;

    /// <param name="labels">0 or 1.</param>
    /// <param name="weights">Above 0, as many as labels.</param>
    public SignedWeights(byte[] labels, float[] weights)
    {
        _values = GC.AllocateUninitializedArray<float>(weights.Length);
        for (int row = 0; row < _values.Length; row++)
        {
            Largest = Math.Max(Largest, weights[row]);
            _values[row] = labels[row] == 1 ? -weights[row] : weights[row];
        }
    }

    /// <summary>The largest weight; 0 without rows.</summary>
    public float Largest { get; }

    public ReadOnlySpan<float> Values => _values;
}
