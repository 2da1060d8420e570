namespace LeadPredict.Learning.Trees;

/// <summary>What the leaves under a node may be worth, learning rate left out: what keeps a monotone tree monotone.</summary>
/// <param name="Low">No leaf is below it.</param>
/// <param name="High">No leaf is above it.</param>
internal readonly record struct ValueBounds(double Low, double High)
{
    /// <summary>Anything.</summary>
    public static readonly ValueBounds None = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>The Newton step of a leaf, within the bounds.</summary>
    public double Value(in HistogramBin leaf, double l2) => Math.Clamp(-leaf.Gradient / (leaf.Hessian + l2), Low, High);

    /// <summary>What a leaf of that value saves of the loss, twice; <see cref="GrowthRules.Worth"/> where no bound is in the way.</summary>
    public double Worth(in HistogramBin leaf, double l2)
    {
        double value = Value(leaf, l2);
        return -value * ((2 * leaf.Gradient) + (value * (leaf.Hessian + l2)));
    }

    /// <summary>
    /// The bounds of two children: with a direction, every leaf on the one side is kept from every leaf on the other by the middle of the
    /// two values (as XGBoost and LightGBM do it).
    /// </summary>
    public (ValueBounds Left, ValueBounds Right) Part(int direction, double left, double right)
    {
        double middle = (left + right) / 2;
        return direction switch
        {
            > 0 => (this with { High = middle }, this with { Low = middle }),
            < 0 => (this with { Low = middle }, this with { High = middle }),
            _ => (this, this),
        };
    }
}
