namespace LeadPredict.Training.Csv;

/// <summary>What some cells of a column add up to.</summary>
internal struct NumberTally
{
    public static readonly NumberTally Empty = new() { Minimum = double.PositiveInfinity, Maximum = double.NegativeInfinity };

    public int Present;

    public int WholeNumbers;

    public double Minimum;

    public double Maximum;

    public NumberShapes Shapes;

    /// <summary>Adds one number.</summary>
    public void Add(double number, NumberShapes shape)
    {
        Present++;
        WholeNumbers += number == Math.Floor(number) ? 1 : 0;
        Minimum = number < Minimum ? number : Minimum;
        Maximum = number > Maximum ? number : Maximum;
        Shapes |= shape;
    }

    /// <summary>Adds other cells of the column.</summary>
    public void Add(in NumberTally other)
    {
        Present += other.Present;
        WholeNumbers += other.WholeNumbers;
        Minimum = Math.Min(Minimum, other.Minimum);
        Maximum = Math.Max(Maximum, other.Maximum);
        Shapes |= other.Shapes;
    }
}
