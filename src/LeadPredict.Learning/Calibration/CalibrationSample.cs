namespace LeadPredict.Learning.Calibration;

/// <summary>Checked rows to fit a curve on.</summary>
internal sealed class CalibrationSample
{
    private CalibrationSample(double[] raw, byte[] labels, double[] weights)
    {
        Raw = raw;
        Labels = labels;
        Weights = weights;
        for (int i = 0; i < raw.Length; i++)
        {
            if (labels[i] != 0)
            {
                PositiveWeight += weights[i];
            }
            else
            {
                NegativeWeight += weights[i];
            }
        }
    }

    public double[] Raw { get; }

    public byte[] Labels { get; }

    public double[] Weights { get; }

    public double PositiveWeight { get; }

    public double NegativeWeight { get; }

    public double TotalWeight => PositiveWeight + NegativeWeight;

    public static CalibrationSample Create(ReadOnlySpan<double> raw, ReadOnlySpan<byte> labels, ReadOnlySpan<float> weights)
    {
        if (raw.Length == 0 || labels.Length != raw.Length || (weights.Length != raw.Length && weights.Length != 0))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Calibration got {raw.Length} raw scores, {labels.Length} labels and {weights.Length} weights; expected as many labels as raw scores, at least one, and as many weights or none."));
        }

        double[] ownWeights = new double[raw.Length];
        double total = 0.0;
        for (int i = 0; i < raw.Length; i++)
        {
            float weight = weights.Length == 0 ? 1f : weights[i];
            if (!double.IsFinite(raw[i]) || labels[i] > 1 || !float.IsFinite(weight) || weight < 0f)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"Calibration row {i} has raw score {raw[i]:R}, label {labels[i]} and weight {weight:R}; expected a finite score, a label of 0 or 1 and a finite weight of at least 0."));
            }

            ownWeights[i] = weight;
            total += weight;
        }

        return total > 0.0
            ? new CalibrationSample(raw.ToArray(), labels.ToArray(), ownWeights)
            : throw new ArgumentException("Every calibration row has weight 0; expected at least one with more.");
    }

    public CalibrationSample Select(ReadOnlySpan<int> rows)
    {
        double[] raw = new double[rows.Length];
        byte[] labels = new byte[rows.Length];
        double[] weights = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            raw[i] = Raw[rows[i]];
            labels[i] = Labels[rows[i]];
            weights[i] = Weights[rows[i]];
        }

        return new CalibrationSample(raw, labels, weights);
    }

    /// <summary>
    /// Labels drawn in from 0 and 1 as if one more example of each class had been seen: Platt 1999. A sample that the score parts
    /// perfectly then still has a finite best curve.
    /// </summary>
    public double[] SmoothedTargets()
    {
        double high = (PositiveWeight + 1.0) / (PositiveWeight + 2.0);
        double low = 1.0 / (NegativeWeight + 2.0);
        return Array.ConvertAll(Labels, label => label != 0 ? high : low);
    }
}
