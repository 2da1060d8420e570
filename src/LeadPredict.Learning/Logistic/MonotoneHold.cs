using LeadPredict.Learning.Models;

namespace LeadPredict.Learning.Logistic;

/// <summary>
/// Keeps the lines of some columns from running the wrong way: stretches that would are held level, and let go again when the fit pulls them
/// the right way (an active-set method; Nocedal and Wright, "Numerical Optimization", 16.5, with a stiff spring in place of an equation).
/// </summary>
internal sealed class MonotoneHold
{
    /// <summary>So stiff that a held stretch departs from level by far less than matters; what is left is cut off by <see cref="Level"/>.</summary>
    private const double Stiffness = 1e8;

    private const double Negligible = 1e-9;
    private readonly LogisticDesign _design;
    private readonly int[] _directions;
    private readonly bool[][] _held;

    /// <param name="design">The columns.</param>
    /// <param name="directions">By column: 1, -1, or 0 for free.</param>
    public MonotoneHold(LogisticDesign design, int[] directions)
    {
        _design = design;
        _directions = directions;
        _held = [.. design.Rises.Select(rises => new bool[rises])];
    }

    /// <summary>Adds what holds a column's stretches to its penalty, count × count.</summary>
    public void AddTo(int column, double[] penalty)
    {
        int count = _design.Penalties[column].Count;
        for (int rise = 0; rise < _held[column].Length; rise++)
        {
            if (_held[column][rise])
            {
                penalty[(rise * count) + rise] += Stiffness;
                if (rise > 0)
                {
                    penalty[((rise - 1) * count) + rise - 1] += Stiffness;
                    penalty[(rise * count) + rise - 1] -= Stiffness;
                    penalty[((rise - 1) * count) + rise] -= Stiffness;
                }
            }
        }
    }

    /// <summary>Holds what runs the wrong way, and lets go of what strains the right way.</summary>
    /// <param name="coefficients">Where the fit stands.</param>
    /// <param name="release">Whether to let go at all.</param>
    /// <returns>Whether anything changed.</returns>
    public bool Update(double[] coefficients, bool release)
    {
        bool changed = false;
        for (int column = 0; column < _held.Length; column++)
        {
            int first = _design.Penalties[column].First;
            for (int rise = 0; rise < _held[column].Length && _directions[column] != 0; rise++)
            {
                double before = rise == 0 ? 0 : coefficients[first + rise - 1];
                double right = _directions[column] * (coefficients[first + rise] - before);
                bool hold = _held[column][rise] ? !release || right <= 0 : right < -Negligible;
                changed |= hold != _held[column][rise];
                _held[column][rise] = hold;
            }
        }

        return changed;
    }

    /// <summary>A column's term without the last traces of the wrong way.</summary>
    public static NumericTerm Level(NumericTerm term, int direction)
    {
        double[] heights = [.. term.Values];
        for (int i = 1; i < heights.Length; i++)
        {
            heights[i] = direction * Math.Max(direction * heights[i - 1], direction * heights[i]);
        }

        return new NumericTerm(term.Knots, [.. heights], term.Missing, term.Average);
    }
}
